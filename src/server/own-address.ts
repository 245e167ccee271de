/** Names by which a machine calls itself. */
const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/

const hostOf = (host: string | undefined): URL | undefined => {
  const url = `http://${host ?? ''}`
  return host !== undefined && URL.canParse(url) ? new URL(url) : undefined
}

/**
 * Where a page is that was asked for under another name of this machine: logins hold for `SERVER_URL` alone, and a page elsewhere would have none of
 * its data. Undefined where it is asked for rightly, or through something between, which may call us as it likes.
 * @param url path and query. @param serverUrl an origin.
 */
export const ownAddressOf = (
  { method, host, url }: { method: string | undefined; host: string | undefined; url: string },
  serverUrl: string,
): string | undefined => {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  const own = new URL(serverUrl)
  const asked = hostOf(host)
  const isOther = asked !== undefined && asked.hostname !== own.hostname && asked.port === own.port
  return isOther && loopback.test(asked.hostname) && loopback.test(own.hostname) ? own.origin + url : undefined
}
