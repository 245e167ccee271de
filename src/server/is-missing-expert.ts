import type { IncomingMessage } from 'node:http'
import { createLocalReq, type Payload } from 'payload'
import { isAddressShown } from '#directory/profile-queries'

/** The profile of an expert, and the page on which they are booked. */
const expertPage = /^\/experts\/([A-Za-z0-9][A-Za-z0-9_-]{0,127})(?:\/book)?\/?(?:\?|$)/
const anyExpert = /^\/experts\/[^/?]+(?:\/book)?\/?(?:\?|$)/

/**
 * Whether a page is asked for that is about an expert who is not shown. The page says so by itself, as it reads from the API; programs that ask for it go
 * by the status. What the router of Next asks for is part of a page that is there already.
 */
export const isMissingExpert = async (payload: Payload, { url = '/', headers }: IncomingMessage): Promise<boolean> => {
  if (!anyExpert.test(url) || 'rsc' in headers) return false
  const [, slug] = expertPage.exec(url) ?? []
  if (slug === undefined) return true
  try {
    return !(await isAddressShown(await createLocalReq({}, payload), slug))
  } catch (err) {
    // The page is there without the database, and says what is wrong.
    payload.logger.warn({ err, msg: 'Whether an expert is shown could not be read' })
    return false
  }
}
