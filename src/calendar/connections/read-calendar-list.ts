import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue, type Job } from '#outbox/enqueue'
import { NeedsReauthError } from '../calendar-error'
import type { CalendarProvider, ListedCalendar } from '../calendar-provider'
import { calendarProviders } from '../calendar-providers'
import { wantAllCalendarEvents } from '../entries/event-queries'
import { syncCalendarJob } from '../busy/sync-calendar-job'
import { watchCalendarJob } from '../busy/watch-calendar'
import { listBusyCalendars, type ReadCalendar, storeCalendarList } from './calendar-list-queries'
import { findConnection, lockConnection } from './connection-queries'
import { withCalendarAccess } from './with-calendar-access'

export const readCalendarListJob = (connectionId: string): Job => ({
  task: 'read-calendar-list',
  payload: { connectionId },
  key: `read-calendar-list:${connectionId}`,
})

/** Event by event is read what sessions may be written to, and what cannot be read otherwise. */
const toRead =
  ({ entries, events, freeBusy }: CalendarProvider) =>
  (calendar: ListedCalendar): ReadCalendar => {
    const isWritable = calendar.isWritable && entries !== null
    const isByEvent = events !== null && ((calendar.isPrimary && isWritable) || freeBusy === null)
    return { ...calendar, isWritable, reading: isByEvent ? 'events' : freeBusy === null ? 'whole' : 'free_busy' }
  }

/**
 * After an account was connected, and daily: which calendars it has. Then those that block time are read, and what should stand in the one
 * that sessions are written to is written.
 * @throws CalendarError when the provider cannot be asked; the job comes again.
 */
export const readCalendarList = async (payload: Payload, connectionId: string): Promise<void> => {
  const connection = await findConnection(payload, connectionId)
  if (!connection || connection.status === 'disconnected') return
  const provider = calendarProviders.row(connection.provider)
  const { listCalendars } = provider
  if (listCalendars === null) return
  try {
    const listed = await withCalendarAccess(payload, connectionId, (_, caller) => listCalendars(caller))
    const calendars = listed.map(toRead(provider))
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
