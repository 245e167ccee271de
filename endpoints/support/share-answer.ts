import { createHash } from 'node:crypto'
import type { PayloadRequest } from 'payload'
import type { Answer } from './answer'

/** What is answered to everybody alike, and how late caches that many share may be with it. */
export type Sharing = {
  /** They answer by themselves for so many seconds … */
  seconds: number
  /** … and so many more while they ask anew. The sum is how old at most an answer is. */
  staleSeconds: number
  /** With this parameter the answer is the caller's own. */
  personalWith?: string
}

/** What is shown of experts and services. */
export const catalogueSharing: Sharing = { seconds: 30, staleSeconds: 30 }

/** Free times. Taking one always reads again, so who chooses one that is gone is refused, and nothing is booked twice. */
export const slotSharing: Sharing = { seconds: 3, staleSeconds: 5, personalWith: 'holdToken' }

/** Whoever says who they are gets an answer of their own. */
const vary = 'Authorization, Cookie, Origin'

const isPersonal = (req: PayloadRequest, { personalWith }: Sharing): boolean =>
  Boolean(req.user) ||
  req.headers.has('authorization') ||
  (req.headers.get('cookie') ?? '').includes(`${req.payload.config.cookiePrefix}-token=`) ||
  (personalWith !== undefined && Boolean(req.searchParams.get(personalWith)))

const namesTag = (header: string | null, etag: string): boolean =>
  header !== null &&
  (header.trim() === '*' || header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag))

/** What was made of an answer, where an operation gives the same one again. */
const shared = new WeakMap<Answer, { etag: string; answer: Answer }>()

const share = (answer: Answer, body: string, { seconds, staleSeconds }: Sharing) => {
  const known = shared.get(answer)
  if (known) return known
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  const headers = {
    ...answer.headers,
    ETag: etag,
    'Cache-Control': `public, max-age=0, s-maxage=${seconds}, stale-while-revalidate=${staleSeconds}`,
    Vary: vary,
  }
  const made = { etag, answer: { ...answer, headers } }
  shared.set(answer, made)
  return made
}

/**
 * Lets caches keep what is answered to everybody alike, and sends it to nobody who has it. Browsers ask every time (`max-age=0`).
 * @param answer what was found; a refusal is nobody's but the caller's.
 */
export const shareAnswer = (req: PayloadRequest, sharing: Sharing | undefined, answer: Answer): Answer => {
  if (!sharing || answer.status !== 200 || typeof answer.body !== 'string') return answer
  if (isPersonal(req, sharing)) return { ...answer, headers: { ...answer.headers, Vary: vary } }
  const { etag, answer: given } = share(answer, answer.body, sharing)
  const { headers } = given
  return namesTag(req.headers.get('if-none-match'), etag) ? { status: 304, ...(headers ? { headers } : {}) } : given
}
