import { zoneOffsets } from '#availability/rules/zone-offsets'
import { bufferedInterval, computeOfferedSlots } from '#availability/slots/compute-offered-slots'
import type { Offer } from '#availability/offers/offer'
import { compileDayWindows } from '#availability/rules/compile-day-windows'
import type { Interval } from '#availability/types'
import { dayMs } from '#shared/time'
import { publishedDays } from './search-window'

/** What is published reaches so many days further than what can be booked: time alone makes it bookable, and nobody has to come by for that. */
const aheadDays = 2

/** How far ahead claims and busy times matter for what is published, in milliseconds. */
export const publishedReachMs = (publishedDays + aheadDays) * dayMs

/** Free time as it is published: one row for each slot of each offer. Instants are epoch milliseconds. */
export type PublishedSlot = {
  serviceTypeId: string
  /** The schedule that decides about the day on which it starts; null where the working hours do. */
  scheduleId: string | null
  start: number
  end: number
  occupiedFrom: number
  occupiedUntil: number
  /** The consultant's. */
  timeZone: string
  amount: number
  currency: string
}

export type PublishedTime = {
  /** What can be booked now, as far as it is handed out as records. */
  slots: PublishedSlot[]
  /** The same, however far, and what time alone makes bookable in the next two days. */
  free: (Interval & { serviceTypeId: string })[]
  /** When the first of these becomes a record, epoch milliseconds; null: none of them does. */
  nextAt: number | null
}

/**
 * What of a consultant's offers is free in the next 60 days, each in its default length; `taken` as for `computeOfferedSlots`.
 * @param recordDays how many days ahead it is handed out as records.
 */
export const computePublishedTime = (
  offers: readonly Offer[],
  { taken, now, recordDays }: { taken: Interval[]; now: number; recordDays: number },
): PublishedTime => {
  const parts = offers.map((offer) => timeOfOffer(offer, { taken, now, recordDays }))
  const comes = parts.flatMap(({ nextAt }) => nextAt ?? [])
  return {
    slots: parts.flatMap(({ slots }) => slots),
    free: parts.flatMap(({ free }) => free),
    nextAt: comes.length ? Math.min(...comes) : null,
  }
}

const timeOfOffer = (
  offer: Offer,
  { taken, now, recordDays }: { taken: Interval[]; now: number; recordDays: number },
): PublishedTime => {
  const price = offer.prices.get(offer.defaultDurationMinutes)
  if (!price) return { slots: [], free: [], nextAt: null }
  const horizonDays = Math.min(offer.maxAdvanceBookingDays, publishedDays)
  const free = computeOfferedSlots(
    { ...offer, maxAdvanceBookingDays: horizonDays + aheadDays },
    {
      taken,
      durationMinutes: offer.defaultDurationMinutes,
      window: { start: now, end: now + publishedReachMs },
      now,
    },
  )
  const recordMs = Math.min(horizonDays, recordDays) * dayMs
  const first = free.findIndex(({ start }) => start > now + recordMs)
  const shown = first === -1 ? free : free.slice(0, first)
  const next = recordDays === 0 ? undefined : free[shown.length]
  const { timeZone } = offer.rules
  const scheduleOf = scheduleOfStarts(offer, shown)
  return {
    slots: shown.map((slot) => {
      const occupied = bufferedInterval(offer, slot)
      return {
        serviceTypeId: offer.serviceTypeId,
        scheduleId: scheduleOf(slot.start),
        start: slot.start,
        end: slot.end,
        occupiedFrom: occupied.start,
        occupiedUntil: occupied.end,
        timeZone,
        amount: price.amount,
        currency: price.currency,
      }
    }),
    free: free.map((slot) => ({ serviceTypeId: offer.serviceTypeId, ...slot })),
    nextAt: next ? next.start - recordMs : null,
  }
}

/** Which schedule decides about the day on which a slot starts, by the same rules that opened it; null where the working hours do. */
const scheduleOfStarts = ({ rules }: Offer, slots: readonly Interval[]): ((start: number) => string | null) => {
  const [first, last] = [slots[0], slots.at(-1)]
  if (!first || !last || rules.schedules.length === 0) return () => null
  const zone = zoneOffsets(rules.timeZone)
  const ruledDayOf = compileDayWindows(rules, { firstDay: zone.dayAt(first.start), lastDay: zone.dayAt(last.start) })
  const known = new Map<number, string | null>()
  return (start) => {
    const day = zone.dayAt(start)
    let scheduleId = known.get(day)
    if (scheduleId === undefined) known.set(day, (scheduleId = ruledDayOf(day).rule.scheduleId))
    return scheduleId
  }
}
