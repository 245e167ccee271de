import type { IncomingMessage } from 'node:http'
import { isTooSlow } from './slow-clients'

export const bodyBytes = { json: 1_000_000, upload: 10_000_000 } as const
/** How often is looked whether it still comes. */
const lookMs = 250

/**
 * How many bytes a request may bring: 1 MB, and 10 MB for a file from somebody who shows a login (whether it is a good
 * one, the collection decides).
 * @param uploads slugs of the collections that take files.
 */
export const bodyLimit = (
  { url = '', headers }: Pick<IncomingMessage, 'url' | 'headers'>,
  uploads: readonly string[],
): number =>
  uploads.some((slug) => url.startsWith(`/api/${slug}`)) &&
  headers['content-type']?.startsWith('multipart/form-data') &&
  (headers.authorization || headers.cookie)
    ? bodyBytes.upload
    : bodyBytes.json

/**
 * The whole body, or `undefined` when it is larger than `limit`; a chunked one is cut off where it passes it.
 * @throws when the caller goes away half-way, or sends it so slowly that it is not waited for: then the connection is closed.
 */
export const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer | undefined> => {
  if (Number(request.headers['content-length'] ?? 0) > limit) return undefined
  const startedAt = performance.now()
  const chunks: Buffer[] = []
  let size = 0
  const watch = setInterval(() => {
    if (isTooSlow({ bytes: size, ms: performance.now() - startedAt })) request.destroy()
  }, lookMs)
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limit) return undefined
      chunks.push(chunk)
    }
  } finally {
    clearInterval(watch)
  }
  return Buffer.concat(chunks)
}
