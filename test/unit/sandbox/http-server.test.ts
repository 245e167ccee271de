import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { brokenConnection } from '#sandbox/shared/broken-connection'
import { type Handle, startHttpServer } from '#sandbox/shared/http-server'

const start = async (handle: Handle, longestBody = 100) => {
  const server = await startHttpServer({
    port: 0,
    host: '127.0.0.1',
    longestBody,
    handle,
    refuse: (status, error) => Response.json({ why: error instanceof Error ? error.message : '' }, { status }),
  })
  onTestFinished(() => server.close())
  return { ...server, url: `http://127.0.0.1:${server.port}` }
}

/** The answer to bytes that no client would send. */
const sendRaw = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(text))
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })

const echo: Handle = async (request) =>
  Response.json({ method: request.method, url: request.url, body: await request.text() })

describe('a request', () => {
  it('arrives with its method, path, query, headers and body', async () => {
    const server = await start(async (request) =>
      Response.json([request.method, new URL(request.url).search, request.headers.get('x-a'), await request.text()]),
    )
    const answer = await fetch(`${server.url}/path?a=1&a=2`, { method: 'POST', body: 'grün', headers: { 'X-A': 'b' } })
    expect(await answer.json()).toEqual(['POST', '?a=1&a=2', 'b', 'grün'])
  })

  it('is answered with 413 where its body is longer than is taken, and is not handed on', async () => {
    let handled = 0
    const server = await start((request) => {
      handled += 1
      return echo(request)
    })
    const post = (length: number) => fetch(server.url, { method: 'POST', body: 'x'.repeat(length) })
    expect((await post(100)).status).toBe(200)
    const refused = await post(101)
    expect([refused.status, await refused.json()]).toEqual([413, { why: 'The body is too long.' }])
    expect((await post(5_000_000)).status).toBe(413)
    expect(handled).toBe(1)
  })

  it('stays one to this server, however its path begins', async () => {
    const server = await start(echo)
    const answer = await sendRaw(
      server.port,
      'GET //evil.example/x HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n',
    )
    expect(answer).toContain('"url":"http://here//evil.example/x"')
  })

  it.each([
    ['another server’s address', 'GET http://evil.example/x HTTP/1.1\r\nHost: here'],
    ['a host that is none', 'GET /x HTTP/1.1\r\nHost: a b/c'],
    ['a method that browsers must not have', 'TRACE /x HTTP/1.1\r\nHost: here'],
  ])('is answered with 400: %s', async (_, head) => {
    const server = await start(echo)
    expect(await sendRaw(server.port, `${head}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 400 /)
  })

  it('of the head alone gets no body', async () => {
    const server = await start(() => new Response('text', { status: 201 }))
    const answer = await fetch(server.url, { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([201, ''])
  })
})

describe('an answer', () => {
  it('is 500 where the handler has a fault', async () => {
    const server = await start(() => {
      throw new Error('broken')
    })
    const answer = await fetch(server.url)
    expect([answer.status, await answer.json()]).toEqual([500, { why: 'broken' }])
  })

  it('that breaks ends the connection without a byte', async () => {
    const server = await start(() => brokenConnection())
    expect(await sendRaw(server.port, 'GET / HTTP/1.1\r\nHost: here\r\n\r\n')).toBe('')
  })
})

describe('the server', () => {
  it('says when its port is taken', async () => {
    const { port } = await start(echo)
    await expect(
      startHttpServer({ port, host: '127.0.0.1', longestBody: 1, handle: echo, refuse: () => new Response() }),
    ).rejects.toThrow('EADDRINUSE')
  })

  it('closes at once, and waits for what is being done', async () => {
    let finish = (): void => undefined
    const work = new Promise<void>((resolve) => (finish = resolve))
    let [isBegun, isDone, isClosed] = [false, false, false]
    const server = await start(async () => {
      isBegun = true
      await work
      isDone = true
      return new Response()
    })
    const answer = fetch(server.url)
    await expect.poll(() => isBegun).toBe(true)
    const closing = server.close().then(() => (isClosed = true))
    await expect(answer).rejects.toThrow()
    expect(isClosed).toBe(false)
    finish()
    await closing
    expect(isDone).toBe(true)
  })
})
