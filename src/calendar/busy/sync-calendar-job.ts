import type { Job } from '#outbox/enqueue'

/*
 * Apart from what they do: whoever asks for it in the web process needs none of that. Calendars that are read as a whole lie on any server of
 * the world, so they have a task, and by that a lane, of their own.
 */

export const syncCalendarFileJob = (calendarId: string, runAt?: Date): Job => ({
  task: 'sync-calendar-file',
  payload: { calendarId },
  key: `sync-calendar:${calendarId}`,
  ...(runAt === undefined ? {} : { runAt }),
})

export const syncCalendarJob = (calendarId: string, options: { isFull?: boolean; runAt?: Date } = {}): Job => ({
  task: 'sync-calendar',
  payload: { calendarId, ...(options.isFull ? { isFull: true } : {}) },
  key: options.isFull ? `rebuild-calendar:${calendarId}` : `sync-calendar:${calendarId}`,
  ...(options.runAt === undefined ? {} : { runAt: options.runAt }),
})
