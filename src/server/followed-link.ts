import type { IncomingHttpHeaders } from 'node:http'

/**
 * Somebody followed a link of another site to one of our pages: from a mail that is read in a browser, or back from the
 * consent of a provider. Payload takes the login of such a request for forged, and would show the login page to people who
 * are logged in. Opening a page changes nothing, and browsers send our cookie (`SameSite=Lax`) with just these
 * requests; frames, forms and scripts of other sites stay what they are.
 */
export const isFollowedLink = (method: string | undefined, headers: IncomingHttpHeaders): boolean =>
  method === 'GET' &&
  headers['sec-fetch-site'] === 'cross-site' &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document'
