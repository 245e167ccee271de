import type { Offer } from '../offers/offer'
import { readTaken, type TakenText } from '../offers/taken-text'
import type { Interval } from '../types'
import { computeBookingWindow } from './compute-booking-window'
import { computeOfferedSlots } from './compute-offered-slots'
import { dayMs, hourMs } from '#shared/time'

type Question = { taken: TakenText; durationMinutes: number; window: Interval; now: number }

type Known = {
  offer: Offer
  taken: TakenText
  slots: readonly Interval[]
  /** Epoch ms, both included: as long as it is right for the same offer and the same taken time. */
  from: number
  until: number
  weight: number
}

/** Bytes that all of them may take together, with the texts that answers are made of. */
const mostBytes = 16_000_000
const bytesOf = (taken: TakenText, slots: number): number => 500 + (taken?.length ?? 0) + 300 * slots

const known = new Map<string, Known>()
let held = 0

/**
 * `computeOfferedSlots`, for lists that many ask for: computed once as long as offer, taken time and clock come to the same. Equal questions get
 * the very same list, so that what is made of it can be kept with it.
 */
export const computeSlotsOnce = (offer: Offer, question: Question): readonly Interval[] => {
  const { taken, durationMinutes, window, now } = question
  const key = `${offer.consultantId}|${offer.serviceTypeId}|${durationMinutes}|${window.start}|${window.end}`
  const before = known.get(key)
  if (before && before.offer === offer && before.taken === taken && now >= before.from && now <= before.until) {
    return before.slots
  }
  const slots = computeOfferedSlots(offer, { ...question, taken: readTaken(taken) })
  if (before) forget(key, before)
  const until = rightUntil(offer, question, slots)
  if (until > now) {
    const weight = bytesOf(taken, slots.length)
    held += weight
    known.set(key, { offer, taken, slots, from: now, until, weight })
    for (const [oldest, one] of known) {
      if (held <= mostBytes) break
      forget(oldest, one)
    }
  }
  return slots
}

const forget = (key: string, { weight }: Known): void => {
  known.delete(key)
  held -= weight
}

/**
 * The clock changes a list when its first time becomes too near to be booked, when the end of what can be booked reaches it, and at most
 * once a day which rules it is computed from.
 */
const rightUntil = (
  { minBookingNoticeHours, maxAdvanceBookingDays }: Offer,
  { window, now }: Question,
  slots: readonly Interval[],
): number => {
  const { latestStart } = computeBookingWindow(now, minBookingNoticeHours, maxAdvanceBookingDays)
  if (window.end - 1 > latestStart) return now
  const dayEnd = (Math.floor(now / dayMs) + 1) * dayMs - 1
  return Math.min(dayEnd, (slots[0]?.start ?? Infinity) - minBookingNoticeHours * hourMs)
}
