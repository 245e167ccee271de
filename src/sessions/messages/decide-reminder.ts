import type { SessionRow } from '../session-queries'
import { type ReminderOffset, reminderTime, type TimerSettings } from './compute-session-timers'
import { minuteMs } from '#shared/time'

/** Clocks of two machines differ; a job is never so early. */
const toleranceMs = minuteMs

/**
 * Whether a reminder is due now: not for a session that was moved to a later time (its own reminder is still to come), that is
 * off, or has begun; and not the early one when the late one is due as well.
 */
export const decideReminder = ({
  session: { status, startsAt },
  offset,
  settings,
  now,
}: {
  session: Pick<SessionRow, 'status' | 'startsAt'>
  offset: ReminderOffset
  settings: TimerSettings
  now: number
}): boolean => {
  if (status !== 'scheduled' || now >= startsAt) return false
  const due = reminderTime(startsAt, offset, settings)
  if (due === null || now < due - toleranceMs) return false
  const late = reminderTime(startsAt, 'hour', settings)
  return offset === 'hour' || late === null || late <= due || now < late
}
