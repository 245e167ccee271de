import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPrivate } from '#server/keep-private'

const types: Readonly<Record<string, string>> = {
  '/page': 'text/html; charset=utf-8',
  '/gone': 'text/html; charset=utf-8',
  '/part': 'text/x-component',
  '/_next/static/a.js': 'text/javascript',
}

/** As Next answers: in pieces, without writing the head itself. */
const server = createServer((from, to) => {
  keepPrivate(to, { isMissing: from.url === '/gone' })
  to.setHeader('Content-Type', types[from.url ?? ''] ?? 'text/plain')
  to.setHeader('Cache-Control', 's-maxage=31536000')
  to.setHeader('Vary', 'rsc')
  if (from.url === '/elsewhere') to.statusCode = 307
  to.flushHeaders()
  to.end('x')
})
let base: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())))

test.each([
  ['/page', 200, 'private, no-store', 'rsc, Authorization, Cookie, Origin'],
  ['/part', 200, 'private, no-store', 'rsc, Authorization, Cookie, Origin'],
  ['/gone', 404, 'private, no-store', 'rsc, Authorization, Cookie, Origin'],
  ['/elsewhere', 307, 'private, no-store', 'rsc, Authorization, Cookie, Origin'],
  ['/_next/static/a.js', 200, 's-maxage=31536000', 'rsc'],
])('%s: %i, %s', async (path, status, cache, vary) => {
  const { headers, ...answer } = await fetch(base + path, { redirect: 'manual' }).then((given) => ({
    status: given.status,
    headers: given.headers,
  }))
  expect([answer.status, headers.get('cache-control'), headers.get('vary')]).toEqual([status, cache, vary])
})
