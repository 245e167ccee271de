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

/** Paths that end in a secret: the hold's token, the feed's token. */
const secretSegment = /^(\/api\/(?:booking\/holds|calendar\/feeds)\/)[^/]+/

/** A request's path and query as the log may keep it: tokens and free text are left out, their names stay. */
export const loggableUrl = (url: string): string => {
  const [path = '', query] = url.split(/\?(.*)/s)
  const safePath = path.replace(secretSegment, '$1…').slice(0, 300)
  if (!query) return safePath
  const parts = query.split('&', 20).map((part) => {
    const name = part.split('=', 1)[0] ?? ''
    return harmless.has(name) ? part.slice(0, 80) : `${name.slice(0, 40)}=…`
  })
  return `${safePath}?${parts.join('&')}`
}
