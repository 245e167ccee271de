import { secretParameters, secretPaths } from '#shared/secret-addresses'

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

const secretSegment = new RegExp(`(${secretPaths})[^/]+`, 'gi')

/** A parameter that stands in the path, as programs leave it that take a link apart wrongly: `/booking/PY-1%3Ftoken%3Dabc`. */
const strayParameter = new RegExp(`(?<=[^a-z]|%[0-9a-f]{2})(${secretParameters.join('|')})(=|%3d)[^/]*`, 'gi')

/** An address in a path, where nobody of ours puts one. */
const addressSegment = /[^/]*(?:@|%40)[^/]*/gi

/** A request's path and query as the log may keep it: tokens and free text are left out, their names stay. Of a fragment, which no browser sends, nothing. */
export const loggableUrl = (url: string): string => {
  const [sent = ''] = url.split('#', 1)
  const [path = '', query] = sent.split(/\?(.*)/s)
  const safePath = path
    .replace(secretSegment, '$1…')
    .replace(strayParameter, '$1$2…')
    .replace(addressSegment, '…')
    .slice(0, 300)
  if (!query) return safePath
  const parts = query.split('&', 20).map((part) => {
    const name = part.split('=', 1)[0] ?? ''
    return harmless.has(name) ? part.slice(0, 80) : `${name.slice(0, 40)}=…`
  })
  return `${safePath}?${parts.join('&')}`
}
