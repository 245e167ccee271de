import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'

/** Writes a web `Response` to Node's. Documents go out in one piece with their length; everything else streams. */
export const sendResponse = async (from: Response, to: ServerResponse): Promise<void> => {
  to.statusCode = from.status
  from.headers.forEach((value, name) => {
    if (name !== 'set-cookie') to.setHeader(name, value)
  })
  const cookies = from.headers.getSetCookie()
  if (cookies.length) to.setHeader('Set-Cookie', cookies)
  if (!from.body) {
    to.end()
  } else if (/json|calendar|text\/(?:plain|html)/.test(from.headers.get('content-type') ?? '')) {
    to.end(Buffer.from(await from.arrayBuffer()))
  } else {
    to.flushHeaders()
    await pipeline(Readable.fromWeb(from.body as ReadableStream), to)
  }
}
