import type { SanitizedConfig } from 'payload'
import { privateVary } from './security-headers'

/** What pages of other origins read of an answer beside its body. */
const exposed = [
  ...['Accept-Ranges', 'Content-Disposition', 'Content-Length', 'Content-Range', 'Date', 'ETag', 'Location'],
  ...['Retry-After', 'X-Request-Id'],
].join(', ')

/** What they send. */
const accepted = [
  ...['Accept', 'Accept-Language', 'Authorization', 'Content-Type', 'If-None-Match', 'Origin', 'Range'],
  ...['X-Payload-HTTP-Method-Override', 'X-Request-Id', 'X-Requested-With', 'traceparent'],
]

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'

/** Browsers ask again after so many seconds; none of them waits for longer than two hours. */
const maxAge = '7200'

export type Listed = { origins: readonly string[]; headers: readonly string[] }

/** Which origins the configuration lets in, and what their pages may send beside the usual. */
export const listedIn = ({ cors }: Pick<SanitizedConfig, 'cors'>): Listed => {
  if (typeof cors !== 'object') return { origins: [], headers: [] }
  if (Array.isArray(cors)) return { origins: cors, headers: [] }
  return { origins: Array.isArray(cors.origins) ? cors.origins : [], headers: cors.headers ?? [] }
}

const namesOf = (header: string | null): string[] => (header ?? '').split(',').flatMap((name) => name.trim() || [])

/** `Vary` with what was in it, each name once. */
export const withVary = (header: string | null, ...added: readonly string[]): string => {
  const names = new Map([...namesOf(header), ...added].map((name) => [name.toLowerCase(), name]))
  return names.has('*') ? '*' : [...names.values()].join(', ')
}

/** Everybody gets it alike: it says itself by what it differs. */
const isShared = (headers: Headers): boolean => (headers.get('Cache-Control') ?? '').startsWith('public')

/** The question of a browser before a request of a page of another origin. */
export const answerPreflight = (): Response => new Response(null, { status: 204 })

/** Headers of answers from elsewhere cannot be changed; ours can. */
const changeable = (answer: Response): Response => {
  try {
    answer.headers.delete('Access-Control-Allow-Origin')
    return answer
  } catch {
    return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers: answer.headers })
  }
}

/**
 * Lets pages of this server and of `CORS_ORIGINS` read an answer, refusals included. Pages of other origins are told nothing at all, and caches know
 * that it depends on the origin.
 */
export const withCors = (request: Request, given: Response, listed: Listed): Response => {
  const answer = changeable(given)
  const { headers } = answer
  for (const name of [...headers.keys()]) if (name.startsWith('access-control-')) headers.delete(name)
  const isPreflight = request.method === 'OPTIONS'
  headers.set(
    'Vary',
    isPreflight
      ? withVary(headers.get('Vary'), 'Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers')
      : withVary(headers.get('Vary'), ...(isShared(headers) ? ['Origin'] : namesOf(privateVary))),
  )
  const origin = request.headers.get('Origin')
  // Compared to the letter, as browsers write an origin in one way.
  if (origin === null || !listed.origins.includes(origin)) return answer
  headers.set('Access-Control-Allow-Origin', origin)
  headers.set('Access-Control-Allow-Credentials', 'true')
  headers.set('Access-Control-Expose-Headers', exposed)
  if (isPreflight) {
    headers.set('Access-Control-Allow-Methods', methods)
    headers.set('Access-Control-Allow-Headers', withVary(null, ...accepted, ...listed.headers))
    headers.set('Access-Control-Max-Age', maxAge)
  }
  return answer
}
