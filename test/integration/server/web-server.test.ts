import { once } from 'node:events'
import { connect } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WebServer } from '#server/create-web-server'
import { cleanUpLater } from '../../support/clean-up'
import { createTestDatabase } from '../../support/database'
import { createUser } from '../../support/fixtures'
import { tokenFor } from '../../support/token-for'

/** Bytes as a client sends them, for what `fetch` would never do. */
const speakRaw = async (port: number, text: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(text)
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  await once(socket, 'close')
  return answer
}

let server: WebServer
let base: string

const start = async (): Promise<WebServer> => {
  const { createWebServer } = await import('#server/create-web-server')
  return createWebServer({ port: 0, host: '127.0.0.1', next: 'none' })
}

beforeAll(async () => {
  const database = await createTestDatabase()
  process.env.DATABASE_URL = database.url
  process.env.SECURITY_CONTACT = 'security@company.example'
  server = await start()
  cleanUpLater(() => server.close())
  base = `http://127.0.0.1:${server.port}`
})

describe('request ids', () => {
  it('come back as they were given, or new when they were not fit to be logged', async () => {
    const given = await fetch(`${base}/api/health/live`, { headers: { 'X-Request-Id': 'edge-12345678' } })
    expect(given.headers.get('x-request-id')).toBe('edge-12345678')
    for (const id of ['short', 'a'.repeat(200), 'has space in it', '{"json":true}']) {
      const replaced = await fetch(`${base}/api/health/live`, { headers: { 'X-Request-Id': id } })
      expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  it('stand in the problem document', async () => {
    const answer = await fetch(`${base}/api/nothing`, { headers: { 'X-Request-Id': 'edge-12345678' } })
    expect(await answer.json()).toMatchObject({ code: 'not_found', requestId: 'edge-12345678' })
  })
})

it('says where faults of security are reported', async () => {
  const answer = await fetch(`${base}/.well-known/security.txt`)
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  const lines = Object.fromEntries(
    (await answer.text())
      .trim()
      .split('\n')
      .map((line) => line.split(/: (.*)/s)),
  )
  expect(lines).toMatchObject({ Contact: 'mailto:security@company.example', 'Preferred-Languages': 'en, de' })
  const days = (Date.parse(lines.Expires) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(80)
  expect(days).toBeLessThan(365)
})

it('begins no page of the admin with a list that costs too much, and says why', async () => {
  const token = await tokenFor(server.payload, await createUser(server.payload, ['operations']))
  const words = Array.from({ length: 100 }, (_, n) => `where[or][${n}][consultant.name][like]=<b>word`).join('&')
  const list = `${base}/admin/collections/scheduled-sessions`
  const ask = (query: string, headers: Record<string, string> = { Cookie: `payload-token=${token}` }) =>
    fetch(`${list}?${query}`, { headers: { ...headers, 'Sec-Fetch-Site': 'none' } })
  const answer = await ask(words)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8'])
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  const page = await answer.text()
  expect(page).toMatch(/The query would cost \d+, and may cost 10000/)
  expect(page).not.toContain('<b>')
  // Here no pages are served; with them, these would be one.
  for (const rest of [await ask('where[or][0][consultant.name][like]=word'), await ask(words, {})]) {
    expect(rest.status).toBe(404)
  }
})

describe('what is no route', () => {
  it.each([
    ['GET', '/api/nothing', 404, 'not_found'],
    ['GET', '/api', 404, 'not_found'],
    ['GET', '/not/an/api', 404, 'not_found'],
    ['PUT', '/api/booking/holds', 405, 'method_not_allowed'],
    ['GET', '/api/graphql', 405, 'method_not_allowed'],
    ['GET', '/%E0%A4%A/x', 400, 'invalid_request'],
    ['GET', '/admin/%ff', 400, 'invalid_request'],
    ['GET', '/api/%ff', 400, 'invalid_request'],
    ['GET', '/api/booking/sessions/%E0%A4%A', 400, 'invalid_request'],
  ])('%s %s', async (method, path, status, code) => {
    const answer = await fetch(base + path, { method })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
    expect(await answer.json()).toMatchObject({ status, code })
  })

  it('a refused method names those that are allowed', async () => {
    const answer = await fetch(`${base}/api/booking/holds`, { method: 'PUT' })
    expect(answer.headers.get('allow')).toBe('POST')
  })

  it('nothing is asked with TRACE', async () => {
    const answer = await speakRaw(
      server.port,
      'TRACE /api/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    )
    expect(answer).toContain('HTTP/1.1 405')
    expect(answer).toContain('method_not_allowed')
  })

  it('an address of another host is none of ours', async () => {
    const answer = await speakRaw(
      server.port,
      'GET http://other.example/api/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    )
    expect(answer).toContain('HTTP/1.1 400')
    expect(answer).toContain('invalid_request')
  })
})

describe('bodies', () => {
  const tooLarge = 'x'.repeat(1_000_001)

  it('of more than 1 MB are refused before they are read', async () => {
    const answer = await fetch(`${base}/api/users/login`, { method: 'POST', body: tooLarge })
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'payload_too_large' }])
  })

  it('are cut off at 1 MB when their length was not announced', async () => {
    const body = new ReadableStream({
      start: (controller) => {
        for (let n = 0; n < 20; n++) controller.enqueue(Buffer.from('x'.repeat(100_000)))
        controller.close()
      },
    })
    const answer = await fetch(`${base}/api/users/login`, { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'payload_too_large' }])
  })

  it('may be larger for a file, from somebody with a login', async () => {
    const upload = (headers: Record<string, string>) => {
      const form = new FormData()
      form.set('file', new Blob([tooLarge], { type: 'image/png' }), 'large.png')
      return fetch(`${base}/api/media`, { method: 'POST', body: form, headers })
    }
    expect((await upload({})).status).toBe(413)
    // Read, and then refused for what it is: no login.
    expect((await upload({ Authorization: 'JWT none' })).status).toBe(403)
  })
})

describe('every answer', () => {
  it('of the API may neither run, nor be framed, nor be guessed at', async () => {
    const { headers } = await fetch(`${base}/api/health/live`)
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('has its length, and HEAD has the headers of GET', async () => {
    const [get, head] = await Promise.all([
      fetch(`${base}/api/booking/service-types`),
      fetch(`${base}/api/booking/service-types`, { method: 'HEAD' }),
    ])
    const text = await get.text()
    expect(head.status).toBe(get.status)
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
    expect(await head.text()).toBe('')
  })

  it('lets listed origins in and no other', async () => {
    const preflight = (Origin: string) =>
      fetch(`${base}/api/booking/holds`, {
        method: 'OPTIONS',
        headers: { Origin, 'Access-Control-Request-Method': 'POST' },
      })
    const listed = await preflight('http://localhost:3000')
    expect(listed.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
    expect(listed.headers.get('access-control-allow-headers')).toContain('Idempotency-Key')
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
  })
})

it('ends the requests that run before it closes', async () => {
  const socket = connect(server.port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  const closed = once(socket, 'close')
  const body = JSON.stringify({ email: 'a@b.example', password: 'wrong-password' })
  socket.write(
    `POST /api/users/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
  )
  // The server has the request in hand once it asks for the body.
  while (!answer.includes('100 Continue')) await once(socket, 'data')
  const closing = server.close()
  await expect(fetch(`http://127.0.0.1:${server.port}/api/health/live`)).rejects.toThrow('fetch failed')
  socket.write(body)
  await Promise.all([closed, closing])
  expect(answer).toContain('HTTP/1.1 401')
})
