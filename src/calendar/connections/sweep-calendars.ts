import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue, type Job } from '#outbox/enqueue'
import { enqueueOverdue } from '#outbox/enqueue-overdue'
import { calendarsOverdue, type Due, listDue, removeEndedChannels, takeStaleConnections } from './sweep-queries'
import { tellAboutCalendar } from './tell-about-calendar'
import { calendarProvidersWith } from '../calendar-providers'

/** At most so many of each kind a run; the next minute takes the rest. */
const batch = 200

/** Keys of their own: a job that the record itself enqueued may be locked by a dead worker. */
const toJob = ({ what, id }: Due): Job => {
  const key = `sweep:calendar:${what}:${id}`
  switch (what) {
    case 'sync':
      return { task: 'sync-calendar', payload: { calendarId: id }, key }
    case 'file':
      return { task: 'sync-calendar-file', payload: { calendarId: id }, key }
    case 'deliver':
      return { task: 'deliver-calendar-event', payload: { calendarEventId: id }, key }
  }
}

/**
 * Every minute: polls the calendars whose time has come, rebuilds them daily, keeps their channels, writes what was not written, and tells
 * whom it concerns when a calendar has not answered for a day.
 */
export const sweepCalendars = async (payload: Payload): Promise<void> => {
  const providers = {
    haveChannels: calendarProvidersWith(({ channels }) => channels?.canArrive() ?? false),
    listCalendars: calendarProvidersWith(({ listCalendars }) => listCalendars !== null),
  }
  await enqueueOverdue(payload, calendarsOverdue(providers))
  const due = await listDue(payload, batch)
  await withTransaction(payload, async (req) => {
    await enqueue(req, ...due.map(toJob))
    for (const connection of await takeStaleConnections(req, batch)) {
      await tellAboutCalendar(req, connection, 'calendar_stale', connection.staleSince)
    }
  })
  await removeEndedChannels(payload)
}
