import { dayMs, hourMs } from '#shared/time'

/**
 * The first and last instant at which a session may start, both included, in epoch milliseconds. Notice and horizon are
 * elapsed time from `now`: a day is 24 hours, whatever the clocks of the zone do meanwhile.
 */
export const computeBookingWindow = (
  now: number,
  minBookingNoticeHours: number,
  maxAdvanceBookingDays: number,
): { earliestStart: number; latestStart: number } => ({
  earliestStart: now + minBookingNoticeHours * hourMs,
  latestStart: now + maxAdvanceBookingDays * dayMs,
})
