import { once } from 'node:events'
import net from 'node:net'
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createTestDatabase } from '../../support/database'
import { startWebProcess, type WebProcess } from '../../support/servers'

let web: WebProcess

beforeAll(async () => {
  web = await startWebProcess({ database: await createTestDatabase(), env: { SLOW_CLIENT_SECONDS: '1' } })
})

const open: net.Socket[] = []
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy()
})

const connect = async (): Promise<net.Socket> => {
  const socket = net.connect(Number(new URL(web.url).port), '127.0.0.1')
  open.push(socket)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** Sends a byte now and then until the connection is closed; what was answered. */
const drip = async (socket: net.Socket, next: () => string): Promise<string> => {
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
  const dripping = setInterval(() => socket.write(next()), 200)
  onTestFinished(() => clearInterval(dripping))
  await once(socket, 'close')
  clearInterval(dripping)
  return answer
}

const isServed = async (): Promise<void> => {
  const answer = await fetch(`${web.url}/api/booking/service-types`)
  expect(answer.status, await answer.text()).toBe(200)
}

describe('a client that is slow', () => {
  it('with its headers is told so, and its connection is closed', async () => {
    const socket = await connect()
    socket.write('GET /api/booking/service-types HTTP/1.1\r\nHost: localhost\r\n')
    const closing = drip(socket, () => 'X-Drip: 1\r\n')
    await isServed()
    expect(await closing).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('with its body has its connection closed', async () => {
    const socket = await connect()
    socket.write('POST /api/booking/holds HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n\r\n')
    const closing = drip(socket, () => ' ')
    await isServed()
    expect(await closing).not.toMatch(/ 2\d\d /)
  })

  it('with a body in chunks as well', async () => {
    const socket = await connect()
    socket.write('POST /api/booking/holds HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n')
    expect(await drip(socket, () => '1\r\n \r\n')).not.toMatch(/ 2\d\d /)
  })

  it('and says nothing is closed, and so are two hundred of them, while others are served', async () => {
    const silent = await Promise.all(Array.from({ length: 200 }, connect))
    const closing = Promise.all(silent.map((socket) => (socket.resume(), once(socket, 'close'))))
    for (let n = 0; n < 5; n++) await isServed()
    await closing
  })
})

it('a body that comes as fast as lines do is waited for', async () => {
  const socket = await connect()
  const body = JSON.stringify({ consultant: 'x', serviceType: 'y', start: '2027-01-01T10:00:00Z' }).padEnd(8_000)
  socket.write(
    `POST /api/booking/holds HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  let sent = 0
  const answer = await drip(socket, () => body.slice(sent, (sent += 1_000)))
  expect(answer).toMatch(/^HTTP\/1\.1 404 /)
})
