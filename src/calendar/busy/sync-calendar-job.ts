import type { Job } from '#outbox/enqueue'

/** Apart from what it does: whoever asks for it in the web process needs none of that. */
export const syncCalendarJob = (calendarId: string, options: { isFull?: boolean; runAt?: Date } = {}): Job => ({
  task: 'sync-calendar',
  payload: { calendarId, ...(options.isFull ? { isFull: true } : {}) },
  key: options.isFull ? `rebuild-calendar:${calendarId}` : `sync-calendar:${calendarId}`,
  ...(options.runAt === undefined ? {} : { runAt: options.runAt }),
})
