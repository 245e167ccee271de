import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { PayloadRequest } from 'payload'
import type { Media } from '#payload-types'
import { DomainError } from '#shared/errors'
import { decideMediaAnswer } from './decide-media-answer'
import { findMediaOfFile } from './find-media-of-files'
import { MediaStoreError } from './media-store'
import { presentMediaStore } from './present-media-store'

/**
 * Content never changes under its name, so who has it need not ask again. Caches that many share do ask, hourly: a picture that was
 * made private or removed is not shown by them for longer.
 */
const forAll = 'public, max-age=31536000, s-maxage=3600, immutable'
const forOne = 'private, no-store'

type File = { name: string; contentType: string; size: number | null | undefined }

const fileOf = (media: Media, name: string): File | undefined =>
  [media, ...Object.values(media.sizes ?? {})].flatMap(({ filename, mimeType, filesize }) =>
    filename === name ? [{ name, contentType: mimeType ?? 'application/octet-stream', size: filesize }] : [],
  )[0]

/** The name is never given to other content, whichever store it lies in. */
const etagOf = (name: string): string => `"${createHash('sha256').update(name).digest('base64url').slice(0, 27)}"`

const reach = async <T>(run: () => Promise<T>): Promise<T> => {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof MediaStoreError)) throw error
    const message = 'Pictures cannot be read at this moment. Try again later.'
    throw new DomainError('unavailable', message, { retryAfter: 10, cause: error })
  }
}

/**
 * Answers with a file of a picture, whose rules of access Payload has asked before. Files that are no picture's are not there.
 * @throws DomainError `not_found`, or `unavailable` where the store fails.
 */
export const serveMedia = async (
  req: PayloadRequest,
  { params }: { params: { filename: string; clientUploadContext?: unknown } },
): Promise<Response> => {
  const { filename } = params
  const missing = new DomainError('not_found', 'There is no such picture.')
  // Asked by Payload for a file that the browser says it has uploaded itself; here they all come through the server.
  if ('clientUploadContext' in params) throw missing
  const media = await findMediaOfFile(req, filename)
  const file = media && fileOf(media, filename)
  if (!media || !file) throw missing
  const store = await presentMediaStore()
  const size = file.size ?? (await reach(() => store.sizeOf(filename)))
  if (size === undefined) throw missing

  const etag = etagOf(filename)
  const headers = new Headers({
    ETag: etag,
    'Cache-Control': media.isPublic ? forAll : forOne,
    Vary: 'Origin',
    'Accept-Ranges': 'bytes',
  })
  const answer = decideMediaAnswer(
    {
      range: req.headers.get('range'),
      ifNoneMatch: req.headers.get('if-none-match'),
      ifRange: req.headers.get('if-range'),
    },
    { etag, size },
  )
  if (answer.status === 304) return new Response(null, { status: 304, headers })
  if (answer.status === 416) {
    headers.set('Content-Range', `bytes */${size}`)
    headers.set('Cache-Control', forOne)
    return new Response(null, { status: 416, headers })
  }
  headers.set('Content-Type', file.contentType)
  const range = answer.status === 206 ? { start: answer.start, end: answer.end } : undefined
  if (range) headers.set('Content-Range', `bytes ${range.start}-${range.end}/${size}`)
  headers.set('Content-Length', String(range ? range.end - range.start + 1 : size))
  const content = await reach(() => store.open(filename, range))
  if (!content) {
    req.payload.logger.error({ msg: 'The file of a picture is missing', media: media.id, filename })
    throw missing
  }
  return new Response(Readable.toWeb(content) as BodyInit, { status: answer.status, headers })
}
