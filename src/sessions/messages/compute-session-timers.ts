import type { SessionRow } from '../session-queries'
import { liveSessions } from '../session-states'
import type { Job } from '#outbox/enqueue'
import { isOneOf } from '#shared/state-table'
import { minuteMs } from '#shared/time'

export type TimerSettings = {
  /** Minutes before the start; 0: no such reminder. */
  dayBeforeMinutes: number
  hourBeforeMinutes: number
  /** Minutes after the end. */
  completionGraceMinutes: number
}

export type ReminderOffset = 'day' | 'hour'

export const reminderOffsets = ['day', 'hour'] as const satisfies readonly ReminderOffset[]

/** When a reminder of a session is due; epoch milliseconds, or null where it is switched off. */
export const reminderTime = (startsAt: number, offset: ReminderOffset, settings: TimerSettings): number | null => {
  const minutes = offset === 'day' ? settings.dayBeforeMinutes : settings.hourBeforeMinutes
  return minutes > 0 ? startsAt - minutes * minuteMs : null
}

const reminderKey = (sessionId: string, offset: ReminderOffset) => `remind-session:${sessionId}:${offset}`
const completionKey = (sessionId: string) => `complete-session:${sessionId}`

/**
 * The jobs that wait for a session's time, and the keys of those that must not wait any more. By the present state, so setting
 * them again is harmless: a job with the same key takes the place of the one before. A reminder whose moment is over is not
 * made up for.
 */
export const computeSessionTimers = (
  session: Pick<SessionRow, 'id' | 'status' | 'startsAt' | 'endsAt'>,
  settings: TimerSettings,
  now: number,
): { set: Job[]; cancel: string[] } => {
  const { id, status, startsAt, endsAt } = session
  const set: Job[] = []
  const cancel: string[] = []
  for (const offset of reminderOffsets) {
    const at = status === 'scheduled' ? reminderTime(startsAt, offset, settings) : null
    const key = reminderKey(id, offset)
    if (at === null || at <= now) cancel.push(key)
    else set.push({ task: 'remind-session', payload: { sessionId: id, kind: offset }, key, runAt: new Date(at) })
  }
  const key = completionKey(id)
  if (isOneOf(liveSessions, status)) {
    const runAt = new Date(endsAt + settings.completionGraceMinutes * minuteMs)
    set.push({ task: 'complete-session', payload: { sessionId: id }, key, runAt })
  } else {
    cancel.push(key)
  }
  return { set, cancel }
}
