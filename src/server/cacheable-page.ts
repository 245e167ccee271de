import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { cacheablePageHeaders } from './security-headers'

/** The directory, profiles, and the documentation: what they are made of is the same for everybody, and what is in it they read from the API. */
const publicPages = /^\/(?:docs|experts\/[^/?]+)?\/?(?:\?|$)/

/** A login, or a part of a page that the router of Next asks for by headers of its own: nobody else's. */
const isPersonal = (name: string): boolean =>
  name === 'authorization' || /^(rsc$|next-|x-next|x-middleware-|x-invoke-)/.test(name)

/** Whether a request is for a page that everybody gets alike. @param cookiePrefix of the login's cookie. */
export const isCacheablePage = ({ method, url = '/', headers }: IncomingMessage, cookiePrefix: string): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  publicPages.test(url) &&
  !Object.keys(headers).some(isPersonal) &&
  !(headers.cookie ?? '').includes(`${cookiePrefix}-token=`)

/** As the policy names them; what a script says is between the tags, to the byte. */
const hashesOf = (html: string): string[] => [
  ...new Set(
    [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
      ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    ),
  ),
]

const compress = promisify(gzip)

const forWhole = [
  ...['accept-encoding', 'if-none-match'],
  ...['content-security-policy', 'content-security-policy-report-only'],
]

/** A minute, and another one while a cache asks anew: so long a page may name scripts of the build before. */
const sharing = 'public, max-age=0, s-maxage=60, stale-while-revalidate=60'

/**
 * Answers with a page that caches may keep. A nonce in it would be known to everybody, so its scripts are allowed by what they are: the page
 * is taken whole from `render` before anything of it is sent.
 * @param page.isMissing what it is about is not there, which the page says by itself.
 */
export const serveCacheablePage = async (
  render: (from: IncomingMessage, to: ServerResponse) => Promise<void>,
  { from, to, isMissing = false }: { from: IncomingMessage; to: ServerResponse; isMissing?: boolean },
): Promise<void> => {
  const accepted = from.headers['accept-encoding'] ?? ''
  const known = from.headers['if-none-match'] ?? ''
  // The first two are for the page as a whole, which is not there yet; from the others Next takes a nonce, and everybody would have the caller's.
  for (const name of forWhole) Reflect.deleteProperty(from.headers, name)
  // Its headers tell of what the whole page says, which Node leaves out by itself.
  if (from.method === 'HEAD') from.method = 'GET'

  const html = await new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = []
    const keep = (chunk: unknown): void => {
      if (typeof chunk === 'string') chunks.push(Buffer.from(chunk))
      else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
    }
    const own = { write: to.write, end: to.end, flushHeaders: to.flushHeaders, writeHead: to.writeHead }
    const called = (values: unknown[]): void => {
      for (const value of values) if (typeof value === 'function') queueMicrotask(() => value())
    }
    Object.assign(to, {
      flushHeaders: () => undefined,
      writeHead: (status: number, ...rest: unknown[]) => {
        to.statusCode = status
        for (const [name, value] of Object.entries(rest.find((one) => typeof one === 'object' && one) ?? {})) {
          to.setHeader(name, value as string)
        }
        return to
      },
      write: (chunk: unknown, ...rest: unknown[]) => {
        keep(chunk)
        called(rest)
        return true
      },
      end: (...values: unknown[]) => {
        keep(values[0])
        Object.assign(to, own)
        called(values)
        resolve(Buffer.concat(chunks))
        return to
      },
    })
    render(from, to).catch((error: unknown) => {
      Object.assign(to, own)
      reject(error instanceof Error ? error : new Error(String(error)))
    })
  })

  const text = html.toString()
  const policy = cacheablePageHeaders({ url: from.url ?? '/', hashes: hashesOf(text) })
  for (const [name, value] of Object.entries(policy)) to.setHeader(name, value)
  to.removeHeader('Content-Length')
  to.removeHeader('Transfer-Encoding')
  const vary = [to.getHeader('Vary'), 'Accept-Encoding, Accept-Language, Authorization, Cookie']
    .flat()
    .filter(Boolean)
    .join(', ')
  if (isMissing && to.statusCode === 200) to.statusCode = 404
  to.setHeader('Vary', vary)
  // Whatever else Next may answer with, a page is the only thing that everybody wants.
  if (to.statusCode === 200 && String(to.getHeader('Content-Type')).startsWith('text/html')) {
    const etag = `W/"${createHash('sha256').update(html).digest('base64url').slice(0, 27)}"`
    to.setHeader('ETag', etag)
    to.setHeader('Cache-Control', sharing)
    if (known.split(',').some((part) => part.trim() === etag)) {
      to.statusCode = 304
      to.removeHeader('Content-Type')
      return void to.end()
    }
  } else {
    to.setHeader('Cache-Control', 'private, no-store')
  }
  const isGzip = /\bgzip\b/.test(accepted)
  const body = isGzip ? await compress(html) : html
  if (isGzip) to.setHeader('Content-Encoding', 'gzip')
  to.setHeader('Content-Length', body.length)
  to.end(body)
}
