import { execFile, spawn } from 'node:child_process'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { Agent, request as httpsRequest } from 'node:https'
import { request as httpRequest } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Payload } from 'payload'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { openAdminAs } from '../support/admin-page'
import { cleanUpLater } from '../support/clean-up'
import { connectTo, type TestDatabase } from '../support/database'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from '../support/fixtures'
import { findFreePort } from '../support/free-port'
import { openTestPayload } from '../support/payload'
import { startWebProcess, type WebProcess } from '../support/servers'
import { createTemporaryFolder } from '../support/temporary-folder'

const run = promisify(execFile)

type Answer = { status: number; headers: Record<string, unknown>; body: string }

type Request = { method?: string; host: string; headers?: Record<string, string>; body?: unknown }

let payload: Payload
let database: TestDatabase
let profile: ConsultantProfile
let service: ServiceType

/** What it says is the reason where it is missing: Debian has both. */
const requireProgram = async (name: string, parcel: string): Promise<void> => {
  await run('which', [name]).catch(() => {
    throw new Error(`This test runs ${name}: install it with \`apt-get install ${parcel}\`.`)
  })
}

const agent = new Agent({ keepAlive: true, rejectUnauthorized: false, maxSockets: 16 })

const ask = (port: number, route: string, { method = 'GET', host, headers, body }: Request): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const request = httpsRequest(
      {
        ...{ agent, host: '127.0.0.1', port, path: route, method, servername: 'localhost' },
        headers: {
          Host: host,
          ...(text === undefined
            ? {}
            : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
          ...headers,
        },
      },
      (answer) => {
        let said = ''
        answer.on('data', (chunk: Buffer) => (said += chunk.toString()))
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: said }))
        answer.once('error', reject)
      },
    )
    request.once('error', reject)
    request.end(text)
  })

const redirect = (port: number): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path: '/x', headers: { Host: 'localhost' } }, (answer) => {
      answer.resume()
      resolve(answer.headers.location)
    })
      .once('error', reject)
      .end()
  })

const certificate = path.resolve('test/support/tls/localhost.cert.pem')
const key = path.resolve('test/support/tls/localhost.key.pem')

/** The sample with the places of this test: everything else stays as it is delivered. */
const adapt = (sample: string, places: Record<string, string>): string =>
  Object.entries(places).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The sample has no "${from}" any more.`)
    return text.replaceAll(from, to)
  }, sample)

const startProxy = (program: string, args: string[], env: Record<string, string> = {}): number => {
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { NODE_ENV: 'production', PATH: process.env.PATH ?? '', ...env },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.once('close', (code) => {
    if (code) process.stderr.write(`${program}: ${said}\n`)
  })
  cleanUpLater(() => void child.kill('SIGTERM'))
  return child.pid ?? 0
}

/** Until the condition holds; the test's own time limit ends it otherwise. */
const eventually = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50))
}

const startWebs = (url: string): Promise<[WebProcess, WebProcess]> => {
  const env = { TRUSTED_PROXIES: '1', SERVER_URL: url, LOG_LEVEL: 'info', RATE_LIMIT_FACTOR: '0' }
  const start = () => startWebProcess({ database, pages: true, env })
  return Promise.all([start(), start()])
}

const portOf = ({ url }: WebProcess): number => Number(new URL(url).port)

beforeAll(async () => {
  ;({ payload, database } = await openTestPayload())
  ;({ profile } = await createConsultant(payload))
  service = await createServiceType(payload, [profile])
})

/** What every proxy has to keep: policies of pages, who calls, forms of the admin. */
const expectAllThatIsNeeded = async (port: number, webs: WebProcess[]): Promise<void> => {
  const host = `localhost:${port}`
  const page = await ask(port, '/', { host })
  expect(page.status).toBe(200)
  expect(page.headers).toMatchObject({
    'content-security-policy': expect.stringContaining("'sha256-") as string,
    'strict-transport-security': expect.stringContaining('max-age') as string,
  })
  await ask(port, '/api/health/live?spoofed', { host, headers: { 'X-Forwarded-For': '203.0.113.9' } })
  await eventually(async () => Promise.resolve(webs.some((web) => web.output().includes('/api/health/live?'))))
  for (const web of webs) expect(web.output()).not.toContain('203.0.113.9')
  expect(
    (await ask(port, '/api/booking/sessions', { host, method: 'POST', body: { x: 'x'.repeat(2_000_000) } })).status,
  ).toBe(413)

  const staff = await createUser(payload, ['admin'])
  const { page: admin, faults } = await openAdminAs(
    { payload, url: `https://${host}` },
    staff,
    `/collections/service-types/${service.id}`,
    { ignoreHTTPSErrors: true },
  )
  // A change asks the server for the form anew: a server action.
  const asked = admin.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().includes('/admin/'),
  )
  await admin.getByLabel('Name').first().fill(`${service.name} by proxy`)
  expect((await asked).status()).toBe(200)
  expect(faults).toEqual([])
}

/** 3,000 requests, a tenth of them bookings, while `meanwhile` happens. @returns what was not answered as it should be, and the bookings. */
const loadWhile = async (
  port: number,
  { day, meanwhile }: { day: number; meanwhile: () => Promise<unknown> },
): Promise<{ lost: string[]; booked: number }> => {
  const host = `localhost:${port}`
  const lost: string[] = []
  let booked = 0
  let next = 0
  const start = hourIn(day, 0)
  const slots = `/api/booking/slots?consultant=${profile.slug}&serviceType=${service.slug}&start=${iso(start).slice(0, 10)}&end=${iso(start).slice(0, 10)}`
  const client = async (): Promise<void> => {
    for (let n = next++; n < 3_000; n = next++) {
      const isBooking = n % 10 === 0
      const answer = await (
        isBooking
          ? ask(port, '/api/booking/sessions', {
              host,
              method: 'POST',
              headers: { 'Idempotency-Key': `rolling-${day}-${n}` },
              body: {
                consultant: profile.slug,
                serviceType: service.slug,
                start: iso(start + (n / 10) * 1_800_000),
                customer: guest(),
              },
            })
          : ask(port, slots, { host })
      ).catch((error: unknown) => ({ status: 0, body: String(error) }))
      if (answer.status === (isBooking ? 201 : 200)) booked += isBooking ? 1 : 0
      else lost.push(`${n}: ${answer.status} ${answer.body.slice(0, 200)}`)
    }
  }
  await Promise.all([meanwhile(), ...Array.from({ length: 8 }, client)])
  return { lost, booked }
}

describe('nginx', () => {
  it(
    'keeps what is needed, and loses no request of 3,000 while both processes start anew',
    { timeout: 300_000 },
    async () => {
      await requireProgram('nginx', 'nginx-light')
      const folder = await createTemporaryFolder()
      const [plain, port] = [await findFreePort(), await findFreePort()]
      const webs = await startWebs(`https://localhost:${port}`)
      const ports = webs.map(portOf)
      const site = adapt(await readFile('deploy/nginx/parley.conf', 'utf8'), {
        '/run/parley': folder,
        '3001': String(ports[0]),
        '3002': String(ports[1]),
        '/etc/nginx/parley.pem': certificate,
        '/etc/nginx/parley-key.pem': key,
        'listen 80 ': `listen 127.0.0.1:${plain} `,
        'listen 443 ': `listen 127.0.0.1:${port} `,
        'parley.example': 'localhost',
      })
      await writeFile(path.join(folder, 'site.conf'), site)
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (name) => `${name}_temp_path ${folder}/${name};`,
      )
      const config = path.join(folder, 'nginx.conf')
      await writeFile(
        config,
        `daemon off; pid ${folder}/pid; worker_processes 2; error_log stderr warn; events {} http { access_log off; ${temporary.join(' ')} include ${folder}/site.conf; }`,
      )
      startProxy('nginx', ['-c', config, '-p', folder])
      await eventually(async () => (await ask(port, '/api/health/live', { host: `localhost:${port}` })).status === 200)

      expect(await redirect(plain)).toBe('https://localhost/x')
      await expect(ask(port, '/', { host: 'somebody.else' })).rejects.toThrow('socket hang up')
      await expectAllThatIsNeeded(port, webs)

      // In the place of systemd: ends one in order, and starts another one on its port.
      const restart = path.join(folder, 'restart')
      const asked = path.join(folder, 'asked')
      await writeFile(asked, '')
      await writeFile(
        restart,
        `#!/bin/sh\necho "$1" >> ${asked}\nwhile [ ! -e ${folder}/done-$1 ]; do sleep 0.05; done\n`,
      )
      await chmod(restart, 0o755)
      const serveRestarts = async (): Promise<void> => {
        for (const [index, web] of webs.entries()) {
          const own = String(ports[index])
          await eventually(async () => (await readFile(asked, 'utf8')).split('\n').includes(own))
          expect(await web.stop()).toBe(0)
          const env = {
            TRUSTED_PROXIES: '1',
            SERVER_URL: `https://localhost:${port}`,
            PORT: own,
            RATE_LIMIT_FACTOR: '0',
          }
          await startWebProcess({ database, pages: true, env })
          await writeFile(path.join(folder, `done-${own}`), '')
        }
      }
      const roll = () =>
        run(path.resolve('deploy/rolling-restart.sh'), ports.map(String), {
          env: { ...process.env, RESTART: restart, FLAGS: folder },
        })
      const before = await loadWhile(port, { day: 8, meanwhile: () => Promise.resolve() })
      expect(before).toEqual({ lost: [], booked: 300 })
      const during = await loadWhile(port, { day: 20, meanwhile: () => Promise.all([roll(), serveRestarts()]) })
      expect(during).toEqual({ lost: [], booked: 300 })
      const client = await connectTo(database)
      const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM scheduled_sessions')
      expect(rows[0]?.count).toBe(600)
    },
  )
})

describe('Caddy', () => {
  it('keeps what is needed', { timeout: 300_000 }, async () => {
    await requireProgram('caddy', 'caddy')
    const folder = await createTemporaryFolder()
    const port = await findFreePort()
    const webs = await startWebs(`https://localhost:${port}`)
    const site = adapt(await readFile('deploy/caddy/Caddyfile', 'utf8'), {
      'parley.example {': `https://localhost:${port} {\n\ttls ${certificate} ${key}`,
      '127.0.0.1:3001 127.0.0.1:3002': webs.map((web) => `127.0.0.1:${portOf(web)}`).join(' '),
    })
    const config = path.join(folder, 'Caddyfile')
    await writeFile(config, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`)
    startProxy('caddy', ['run', '--config', config, '--adapter', 'caddyfile'], {
      HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
    })
    await eventually(async () => (await ask(port, '/api/health/live', { host: `localhost:${port}` })).status === 200)
    await expectAllThatIsNeeded(port, webs)
  })
})
