import type { BookingSetting } from '#payload-types'
import type { TimerSettings } from './compute-session-timers'

/** What operations decided about reminders and endings, as the timers are computed from it. */
export const toTimerSettings = ({ reminders, completionGraceMinutes }: BookingSetting): TimerSettings => ({
  dayBeforeMinutes: reminders.dayBeforeMinutes,
  hourBeforeMinutes: reminders.hourBeforeMinutes,
  completionGraceMinutes,
})
