import { createHash } from 'node:crypto'
import type { PayloadRequest } from 'payload'
import { connectAccount } from '../connections/connect-account'
import { toFeedUrl } from './to-feed-url'

/**
 * Lets a calendar file block the time of a consultant, in the open transaction. The same address again is the same connection.
 * @returns its id.
 * @throws DomainError `invalid_request` for an address that may not be read.
 */
export const connectFeed = async (
  req: PayloadRequest,
  feed: { consultantId: string; address: string; name: string | undefined },
): Promise<string | undefined> => {
  const url = toFeedUrl(feed.address)
  return connectAccount(req, {
    consultantId: feed.consultantId,
    provider: 'ics',
    // What is shown is not what opens it.
    account: {
      id: createHash('sha256').update(url.href).digest('base64url'),
      name: feed.name ?? url.hostname,
    },
    credentials: { secret: url.href },
  })
}
