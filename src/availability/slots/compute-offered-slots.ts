import type { Offer } from '../offers/offer'
import { computeOpenIntervals } from '../rules/compute-open-intervals'
import { uniteIntervals } from '../rules/intervals'
import type { Interval, OpenInterval } from '../types'
import { computeBookingWindow } from './compute-booking-window'
import { computeSlots } from './compute-slots'
import { dayMs, minuteMs } from '#shared/time'

/**
 * The one definition of what is offered; listing, holding, booking, rescheduling and publishing all ask it.
 * `taken` are claims with their buffers and busy times; instants are epoch milliseconds.
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
    open: openIntervalsOf(offer, args.now),
    taken: args.taken,
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

type OpenTime = { day: number; open: OpenInterval[] }
const openTimes = new WeakMap<Offer, OpenTime>()

/** The open intervals of an offer over everything that can be booked from today on; computed once a day per offer. */
const openIntervalsOf = (offer: Offer, now: number): OpenInterval[] => {
  const day = Math.floor(now / dayMs)
  let known = openTimes.get(offer)
  if (known?.day !== day) {
    const from = day * dayMs - 2 * dayMs
    const to = day * dayMs + (offer.maxAdvanceBookingDays + 3) * dayMs
    known = { day, open: computeOpenIntervals(offer.rules, { from, to }) }
    openTimes.set(offer, known)
  }
  return known.open
}

/** How much time is open between now and the end of what can be booked, whoever has claimed it; milliseconds. */
export const computeOpenTime = (offer: Offer, now: number): number => {
  const until = now + (offer.maxAdvanceBookingDays + 1) * dayMs
  return uniteIntervals(openIntervalsOf(offer, now)).reduce(
    (sum, { start, end }) => sum + Math.max(0, Math.min(end, until) - Math.max(start, now)),
    0,
  )
}
