import { createHash } from 'node:crypto'
import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import { storeFeedConnection } from './connection-queries'
import { toFeedUrl } from '../file/to-feed-url'
import { syncCalendarJob } from '../busy/sync-calendar-job'

/**
 * Lets a calendar file block the time of a consultant, in the open transaction. The same address again is the same connection.
 * @returns its id.
 * @throws DomainError `invalid_request` for an address that may not be read.
 */
export const connectFeed = async (
  req: PayloadRequest,
  feed: { consultantId: string; address: string; name: string | undefined },
): Promise<string> => {
  const url = toFeedUrl(feed.address)
  const { id, calendarId } = await storeFeedConnection(req, {
    consultantId: feed.consultantId,
    url: url.href,
    // What is shown is not what opens it.
    name: feed.name ?? url.hostname,
    externalId: createHash('sha256').update(url.href).digest('base64url'),
  })
  await enqueue(req, syncCalendarJob(calendarId))
  return id
}
