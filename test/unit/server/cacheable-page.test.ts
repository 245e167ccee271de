import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isCacheablePage, serveCacheablePage } from '#server/cacheable-page'

const inline = 'self.__next_f.push([1,"<b>"])'
const html = `<html><script src="/_next/a.js" async=""></script><script>${inline}</script><script id="x">two()</script></html>`

/** A page in pieces, as Next sends it. */
const render = (from: IncomingMessage, to: ServerResponse): Promise<void> => {
  if (from.url === '/experts/breaks') return Promise.reject(new Error('It breaks.'))
  to.statusCode = from.url === '/experts/nobody' ? 404 : 200
  if (from.url !== '/experts/other') to.setHeader('Content-Type', 'text/html; charset=utf-8')
  to.setHeader('Cache-Control', 'private, no-cache')
  to.setHeader('Vary', 'rsc')
  to.setHeader('X-Seen-Encoding', from.headers['accept-encoding'] ?? 'none')
  to.setHeader('X-Seen-Policy', from.headers['content-security-policy'] ?? 'none')
  to.flushHeaders()
  to.write(html.slice(0, 50))
  to.end(Buffer.from(html.slice(50)))
  return Promise.resolve()
}

const server = createServer((from, to) => {
  serveCacheablePage(render, { from, to, isMissing: from.url === '/experts/gone' }).catch((error: unknown) => {
    to.statusCode = 500
    to.end(String(error))
  })
})
let base: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())))

describe('a page that caches may keep', () => {
  it('runs its own scripts by what they say, those of the server, and no others', async () => {
    const answer = await fetch(base)
    expect(await answer.text()).toBe(html)
    const policy = answer.headers.get('content-security-policy') ?? ''
    const scripts = /script-src ([^;]*);/.exec(policy)?.[1]?.split(' ')
    const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    expect(scripts).toEqual(["'self'", hashOf(inline), hashOf('two()')])
  })

  it('may be kept for a minute by caches that many share, and is sent once to each browser', async () => {
    const answer = await fetch(base, { headers: { 'Accept-Encoding': 'gzip' } })
    expect(answer.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=60, stale-while-revalidate=60')
    expect(answer.headers.get('vary')).toBe('rsc, Accept-Encoding, Accept-Language, Authorization, Cookie')
    expect([answer.headers.get('content-encoding'), answer.headers.get('x-seen-encoding')]).toEqual(['gzip', 'none'])
    expect(await answer.text()).toBe(html)
    const again = await fetch(base, { headers: { 'If-None-Match': answer.headers.get('etag') ?? '' } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('about somebody who is not there says so by its status, and is kept by nobody', async () => {
    const answer = await fetch(`${base}/experts/gone`)
    expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual([
      404,
      'private, no-store',
      null,
    ])
    expect(await answer.text()).toBe(html)
  })

  it('is the same whatever policy a caller sends along', async () => {
    const answer = await fetch(base, { headers: { 'Content-Security-Policy': "script-src 'nonce-known'" } })
    expect(answer.headers.get('x-seen-policy')).toBe('none')
  })

  it('has the same headers for HEAD', async () => {
    const [get, head] = await Promise.all([fetch(base), fetch(base, { method: 'HEAD' })])
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, get.headers.get('etag'), ''])
  })

  it('is kept as a page alone, whatever else Next may answer with', async () => {
    const other = await fetch(`${base}/experts/other`)
    expect([other.headers.get('cache-control'), other.headers.get('etag')]).toEqual(['private, no-store', null])
  })

  it('that is not there is not kept, and one that breaks says so', async () => {
    const missing = await fetch(`${base}/experts/nobody`)
    expect([missing.status, missing.headers.get('cache-control')]).toEqual([404, 'private, no-store'])
    const broken = await fetch(`${base}/experts/breaks`)
    expect([broken.status, await broken.text()]).toEqual([500, 'Error: It breaks.'])
  })
})

describe('everybody gets alike', () => {
  const asked = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
    isCacheablePage({ url, headers, method } as unknown as IncomingMessage, 'payload')

  it.each(['/', '/?q=tax', '/experts/ada', '/experts/ada?service=x', '/docs'])('%s', (url) => {
    expect(asked(url)).toBe(true)
  })

  it.each(['/experts/ada/book', '/booking/ABC', '/requests/ABC', '/request', '/admin', '/nothing', '/experts'])(
    'not %s',
    (url) => {
      expect(asked(url)).toBe(false)
    },
  )

  it('only without a login, and only whole pages', () => {
    expect(asked('/', { cookie: 'a=b' })).toBe(true)
    expect(asked('/', { cookie: 'a=b; payload-token=x' })).toBe(false)
    expect(asked('/', { authorization: 'JWT x' })).toBe(false)
    // Next answers these with parts of a page, or with none at all.
    for (const name of ['rsc', 'next-router-prefetch', 'next-action', 'x-middleware-prefetch', 'x-nextjs-data']) {
      expect(asked('/', { [name]: '1' }), name).toBe(false)
    }
    expect(asked('/', {}, 'POST')).toBe(false)
  })
})
