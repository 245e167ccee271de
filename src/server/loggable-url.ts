/** Query parameters whose values say nothing about a person and open nothing. */
const harmless = new Set([
  ...['consultant', 'serviceType', 'start', 'end', 'timeZone', 'durationMinutes', 'specialty', 'language', 'maxPrice'],
  ...[
    'availableFrom',
    'availableTo',
    'sort',
    'page',
    'limit',
    'depth',
    'locale',
    'draft',
    'pagination',
    'year',
    'month',
  ],
])

/** Paths that end in a secret: the token of a hold or a feed, of a new login, of a new password. */
const secretSegment =
  /^(\/(?:api\/(?:booking\/holds|calendar\/feeds|users\/verify)|admin\/(?:reset|users\/verify))\/)[^/]+/i

/** An address in a path, where nobody of ours puts one. */
const addressSegment = /[^/]*(?:@|%40)[^/]*/gi

/** A request's path and query as the log may keep it: tokens and free text are left out, their names stay. */
export const loggableUrl = (url: string): string => {
  const [path = '', query] = url.split(/\?(.*)/s)
  const safePath = path.replace(secretSegment, '$1…').replace(addressSegment, '…').slice(0, 300)
  if (!query) return safePath
  const parts = query.split('&', 20).map((part) => {
    const name = part.split('=', 1)[0] ?? ''
    return harmless.has(name) ? part.slice(0, 80) : `${name.slice(0, 40)}=…`
  })
  return `${safePath}?${parts.join('&')}`
}
