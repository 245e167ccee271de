/** What a browser says of where a request comes from, and what is ours. */
export type RequestOrigin = {
  method: string | undefined
  /** `Origin`. Browsers send it with whatever may change something; programs do not. */
  origin: string | undefined
  /** `Sec-Fetch-Site`, which no page can set. */
  fetchSite: string | undefined
  /** Under which names this request reached us: `Host`, and what a trusted proxy says. */
  hosts: readonly string[]
  /** `SERVER_URL`, and `CORS_ORIGINS`. */
  origins: readonly string[]
}

/**
 * Whether a page of somebody else sent this, to change something in the name of whoever looks at it: log them into an account of the sender's,
 * book, delete. A form needs no permission for that, whatever CORS says. What comes from no page at all (a program, a webhook, a callback)
 * has no origin, and nobody's login comes along with it by itself.
 * @returns why it is refused; undefined when it is not.
 */
export const decideForeignRequest = (request: RequestOrigin): string | undefined => {
  const { method = 'GET', origin, fetchSite } = request
  if (harmless.has(method)) return undefined
  if (origin === undefined) return fetchSite === 'cross-site' ? reason : undefined
  return isOurs(origin, request) ? undefined : reason
}

/** These change nothing. */
const harmless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

const reason =
  'This was sent by a page of another site, which may change nothing here. Send it from a page of this site, or have the origin of that page added to CORS_ORIGINS.'

/** `null` is what a browser says of a page that it gives no origin: one in a sandbox, or in a file. */
const isOurs = (origin: string, { hosts, origins }: RequestOrigin): boolean => {
  const sent = originOf(origin)
  if (sent === undefined) return false
  const [serverUrl = ''] = origins
  // A page of this host that came unencrypted was perhaps not written by us.
  const schemes = serverUrl.startsWith('https:') ? ['https:'] : ['http:', 'https:']
  const own = hosts.flatMap((host) => schemes.map((scheme) => `${scheme}//${host}`))
  return [...origins, ...own].some((one) => originOf(one) === sent)
}

/** As a browser writes it: lower case, without the usual port and without a path. */
const originOf = (url: string): string | undefined => {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined
  return new URL(url).origin
}
