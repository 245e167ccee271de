import { zoneOffsets } from '#availability/rules/zone-offsets'
import { bufferedInterval, computeOfferedSlots } from '#availability/slots/compute-offered-slots'
import type { Offer } from '#availability/offers/offer'
import { scheduleOfDay } from '#availability/rules/schedule-of-day'
import type { Interval } from '#availability/types'
import { dayMs } from '#shared/time'

/** How far ahead free time is published, in days. */
export const publishedDays = 60

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

const slotsOfOffer = (offer: Offer, taken: Interval[], now: number): PublishedSlot[] => {
  const price = offer.prices.get(offer.defaultDurationMinutes)
  if (!price) return []
  const { timeZone, schedules } = offer.rules
  const zone = zoneOffsets(timeZone)
  const scheduleOf = scheduleOfDay(schedules)
  const slots = computeOfferedSlots(offer, {
    taken,
    durationMinutes: offer.defaultDurationMinutes,
    window: { start: now, end: now + publishedDays * dayMs },
    now,
  })
  return slots.map((slot) => {
    const occupied = bufferedInterval(offer, slot)
    return {
      serviceTypeId: offer.serviceTypeId,
      scheduleId: schedules.length ? (scheduleOf(zone.dayAt(slot.start)) ?? null) : null,
      start: slot.start,
      end: slot.end,
      occupiedFrom: occupied.start,
      occupiedUntil: occupied.end,
      timeZone,
      amount: price.amount,
      currency: price.currency,
    }
  })
}

/** What of a consultant's offers is free in the next 60 days, each in its default length; `taken` as for `computeOfferedSlots`. */
export const computePublishedSlots = (offers: readonly Offer[], taken: Interval[], now: number): PublishedSlot[] =>
  offers.flatMap((offer) => slotsOfOffer(offer, taken, now))
