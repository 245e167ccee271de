import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { knownTextOf } from '#shared/text-response'

/** Writes a web `Response` to Node's. Documents go out in one piece with their length; everything else streams. */
export const sendResponse = async (from: Response, to: ServerResponse): Promise<void> => {
  to.statusCode = from.status
  from.headers.forEach((value, name) => {
    if (name !== 'set-cookie') to.setHeader(name, value)
  })
  const cookies = from.headers.getSetCookie()
  if (cookies.length) to.setHeader('Set-Cookie', cookies)
  const text = knownTextOf(from)
  if (text !== undefined) {
    // Said here because the answer to HEAD has it too.
    const length = Buffer.byteLength(text)
    to.setHeader('Content-Length', length)
    // ASCII is the same in both, and this one is copied as it is.
    to.end(text, length === text.length ? 'latin1' : 'utf8')
  } else if (!from.body) {
    to.end()
  } else if (/json|calendar|pdf|text\/(?:plain|html)/.test(from.headers.get('content-type') ?? '')) {
    const body = Buffer.from(await from.arrayBuffer())
    to.setHeader('Content-Length', body.length)
    to.end(body)
  } else if (to.req.method === 'HEAD') {
    // Nobody reads it: a file is not fetched from where it lies.
    await from.body.cancel()
    to.end()
  } else {
    to.flushHeaders()
    await pipeline(Readable.fromWeb(from.body as ReadableStream), to)
  }
}
