import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue, type Job } from '#outbox/enqueue'
import { isTimeZone } from '#shared/input'
import { type ListedCalendar, listBusyCalendars, storeCalendarList } from './calendar-list-queries'
import { findConnection, lockConnection } from './connection-queries'
import { wantAllCalendarEvents } from '../entries/event-queries'
import { type GoogleCalendar, listCalendars } from '../google/calendar-api'
import { NeedsReauthError } from '../google/google-error'
import { withGoogleAccess } from '../google/with-access'
import { syncCalendarJob } from '../busy/sync-calendar-job'
import { watchCalendarJob } from '../busy/watch-calendar'

export const readCalendarListJob = (connectionId: string): Job => ({
  task: 'read-calendar-list',
  payload: { connectionId },
  key: `read-calendar-list:${connectionId}`,
})

const toListed = (calendar: GoogleCalendar): ListedCalendar[] => {
  const { id, accessRole, primary, deleted, timeZone } = calendar
  if (!id || deleted) return []
  return [
    {
      calendarId: id,
      name: (calendar.summaryOverride ?? calendar.summary ?? id).slice(0, 500),
      timeZone: timeZone && isTimeZone(timeZone) ? timeZone : 'UTC',
      isPrimary: primary ?? false,
      isWritable: accessRole === 'owner',
    },
  ]
}

/**
 * After an account was connected, and daily: which calendars it has. Then those that block time are read, and what should stand in the one
 * that sessions are written to is written.
 * @throws GoogleError when Google cannot be asked; the job comes again.
 */
export const readCalendarList = async (payload: Payload, connectionId: string): Promise<void> => {
  const connection = await findConnection(payload, connectionId)
  if (connection?.provider !== 'google' || connection.status === 'disconnected') return
  try {
    const calendars = (await withGoogleAccess(payload, connectionId, listCalendars)).flatMap(toListed)
    await withTransaction(payload, async (req) => {
      const locked = await lockConnection(req, connectionId)
      if (!locked || locked.status === 'disconnected') return
      if (await storeCalendarList(req, connectionId, calendars)) await wantAllCalendarEvents(req, locked.consultantId)
      const busy = await listBusyCalendars(req, connectionId)
      await enqueue(req, ...busy.flatMap((id) => [syncCalendarJob(id), watchCalendarJob(id)]), {
        task: 'publish-slots',
        payload: { consultantId: locked.consultantId },
        key: `publish-slots:${locked.consultantId}`,
      })
    })
  } catch (error) {
    if (!(error instanceof NeedsReauthError)) throw error
  }
}
