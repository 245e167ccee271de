import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import { syncCalendarFileJob } from '../busy/sync-calendar-job'
import { calendarProviders } from '../calendar-providers'
import { type NewConnection, storeConnection, storeOnlyCalendar } from './connection-queries'
import { readCalendarListJob } from './read-calendar-list'

/**
 * Keeps an account that its owner has connected, in the open transaction, and has its calendars read. The same account again is the same
 * connection.
 * @returns its id; undefined when there is no token that renews the others, nor one of before: then nothing may be kept.
 */
export const connectAccount = async (req: PayloadRequest, connection: NewConnection): Promise<string | undefined> => {
  const { consultantId, account, provider } = connection
  const id = await storeConnection(req, connection)
  if (id === undefined) return undefined
  const isListed = calendarProviders.row(provider).listCalendars !== null
  await enqueue(
    req,
    isListed ? readCalendarListJob(id) : syncCalendarFileJob(await storeOnlyCalendar(req, id, account.name)),
    { task: 'publish-slots', payload: { consultantId }, key: `publish-slots:${consultantId}` },
  )
  return id
}
