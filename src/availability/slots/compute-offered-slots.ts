import type { Offer } from '../offers/offer'
import { computeOpenIntervals } from '../rules/compute-open-intervals'
import { computeRecurringBlocks } from '../rules/compute-recurring-blocks'
import { uniteIntervals } from '../rules/intervals'
import type { Interval, OpenInterval } from '../types'
import { computeBookingWindow } from './compute-booking-window'
import { computeSlots } from './compute-slots'
import { dayMs, minuteMs } from '#shared/time'

/**
 * The one definition of what is offered; listing, holding, booking, rescheduling and publishing all ask it.
 * `taken` are claims with their buffers and busy times, to which blocks that come back are added here; instants are epoch milliseconds.
 */
export const computeOfferedSlots = (
  offer: Offer,
  args: { taken: Interval[]; durationMinutes: number; window: Interval; now: number },
): Interval[] => {
  const { earliestStart, latestStart } = computeBookingWindow(
    args.now,
    offer.minBookingNoticeHours,
    offer.maxAdvanceBookingDays,
  )
  return computeSlots({
    open: openTimeOf(offer, args.now).open,
    taken: [...args.taken, ...openTimeOf(offer, args.now).blocked],
    durationMinutes: args.durationMinutes,
    bufferBeforeMinutes: offer.bufferBeforeMinutes,
    bufferAfterMinutes: offer.bufferAfterMinutes,
    earliestStart,
    latestStart,
    from: args.window.start,
    to: args.window.end,
  })
}

/** A session with the time that is kept free around it. */
export const bufferedInterval = (offer: Offer, session: Interval): Interval => ({
  start: session.start - offer.bufferBeforeMinutes * minuteMs,
  end: session.end + offer.bufferAfterMinutes * minuteMs,
})

/** How far after its start a session, with what is kept free after it, can meet a block. */
const blockReachMs = 2 * dayMs

type OpenTime = { day: number; open: OpenInterval[]; blocked: Interval[] }
const openTimes = new WeakMap<Offer, OpenTime>()

/** The open intervals of an offer over everything that can be booked from today on, and what blocks that come back take; computed once a day per offer. */
const openTimeOf = (offer: Offer, now: number): OpenTime => {
  const day = Math.floor(now / dayMs)
  let known = openTimes.get(offer)
  if (known?.day !== day) {
    const from = day * dayMs - 2 * dayMs
    const to = day * dayMs + (offer.maxAdvanceBookingDays + 3) * dayMs
    known = {
      day,
      open: computeOpenIntervals(offer.rules, { from, to }),
      blocked: computeRecurringBlocks(offer.rules, { from, to: to + blockReachMs }),
    }
    openTimes.set(offer, known)
  }
  return known
}

/** How much time is open between now and the end of what can be booked, whoever has claimed it; milliseconds. */
export const computeOpenTime = (offer: Offer, now: number): number => {
  const until = now + (offer.maxAdvanceBookingDays + 1) * dayMs
  return uniteIntervals(openTimeOf(offer, now).open).reduce(
    (sum, { start, end }) => sum + Math.max(0, Math.min(end, until) - Math.max(start, now)),
    0,
  )
}
