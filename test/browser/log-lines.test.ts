import path from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type pg from 'pg'
import { connectTo, type TestDatabase } from '../support/database'
import { alwaysOpen, createConsultant, createServiceType, guest, hourIn, iso } from '../support/fixtures'
import { parseLogLine } from '../support/parse-log-line'
import { openTestPayload } from '../support/payload'
import { type ServerProcess, startWebProcess, startWorkerProcess, type WebProcess } from '../support/servers'

const secrets = {
  PAYLOAD_SECRET: 'a-secret-of-the-log-test-that-is-long-enough',
  STRIPE_SECRET_KEY: 'sk_test_ofTheLogTest',
  STRIPE_WEBHOOK_SECRET: 'whsec_ofTheLogTest',
  RESEND_API_KEY: 're_12345678_ofTheLogTest',
  ADMIN_PASSWORD: 'the-password-of-the-log-test',
}
const email = 'ada.guest@company.example'

const env = {
  PARLEY_DEMO: '',
  LOG_LEVEL: 'info',
  SLOW_QUERY_MS: '1',
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  STRIPE_API_BASE: 'http://127.0.0.1:9',
  RESEND_BASE_URL: 'http://127.0.0.1:9',
  ADMIN_EMAIL: 'root@company.example',
  // What packages and Node say, and an error that nobody catches, on a signal.
  NODE_OPTIONS: `--import=${path.resolve('test/support/say-things.mjs')}`,
  ...secrets,
}

let database: TestDatabase
let client: pg.Client
let web: WebProcess
let worker: ServerProcess
let manageToken: string
let adminToken: string
let statusOfLostPage: number

const linesOf = ({ output }: { output: () => string }) => output().split('\n').filter(Boolean).map(parseLogLine)

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${web.url}/api${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const statusOf = async (path: string, headers: Record<string, string> = {}) =>
  (await fetch(`${web.url}${path}`, { headers, redirect: 'manual' })).status

beforeAll(async () => {
  const opened = await openTestPayload()
  database = opened.database
  client = await connectTo(database)
  const { profile } = await createConsultant(opened.payload, { slug: 'kenji', availability: alwaysOpen })
  await createServiceType(opened.payload, [profile], { slug: 'introduction' })
  ;[web, worker] = await Promise.all([
    startWebProcess({ database, env, pages: true }),
    startWorkerProcess({ database, env: { ...env, SERVER_URL: 'http://localhost' } }),
  ])
  const booking = {
    consultant: 'kenji',
    serviceType: 'introduction',
    start: iso(hourIn(3)),
    customer: guest({ email }),
  }
  const booked = await post('/booking/sessions', booking, { 'Idempotency-Key': 'log-lines-1' })
  expect(booked.status).toBe(201)
  manageToken = ((await booked.json()) as { manageToken: string }).manageToken

  expect(
    (await post('/users/login', { email, password: 'wrong-password' }, { 'X-Request-Id': 'wrong-login' })).status,
  ).toBe(401)
  const login = await post('/users/login', { email: env.ADMIN_EMAIL, password: secrets.ADMIN_PASSWORD })
  adminToken = ((await login.json()) as { token: string }).token
  const admin = { Authorization: `JWT ${adminToken}` }
  expect(await statusOf('/api/nothing')).toBe(404)
  expect(await statusOf('/nothing')).toBe(404)
  // As mails had it before, and as programs leave it that take links apart.
  for (const between of ['?', '%3F', '%23', '/']) await statusOf(`/booking/PY-7KQ2M9XB${between}token=${manageToken}`)
  await statusOf(`/admin/reset/${manageToken}`)
  await vi.waitFor(() => expect(worker.output()).toContain('A message will be tried again'), 20_000)

  // The connection is lost while a page is being rendered.
  const server = await connectTo({ ...database, url: new URL('/postgres', database.url).href })
  await client.query('BEGIN; LOCK TABLE disputes IN ACCESS EXCLUSIVE MODE')
  const rendered = statusOf('/admin/money', { ...admin, 'X-Request-Id': 'lost-while-rendering' })
  await vi.waitFor(
    async () => {
      const { rowCount } = await server.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = $1 AND wait_event_type = 'Lock' AND query LIKE '%disputes%'`,
        [database.name],
      )
      expect(rowCount).toBeGreaterThan(0)
    },
    { timeout: 30_000, interval: 50 },
  )
  await client.query('ROLLBACK')
  statusOfLostPage = await rendered

  await client.query('ALTER TABLE consultant_profiles RENAME TO away')
  expect(await statusOf('/api/booking/consultants/kenji', { 'X-Request-Id': 'provoked-500' })).toBe(500)
  await statusOf('/admin/collections/consultant-profiles', admin)
  await server.query(`ALTER DATABASE ${database.name} WITH ALLOW_CONNECTIONS false`)
  await server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [database.name])
  expect(await statusOf('/api/booking/consultants/kenji')).toBe(503)
  await statusOf('/admin', admin)
  process.kill(web.pid, 'SIGUSR2')
  expect(await web.exited).toBe(1)
  await worker.stop()
})

describe('what a web process and a worker say in production', () => {
  it('is one JSON object a line, with what every line has', () => {
    for (const [name, one] of [
      ['web', web],
      ['worker', worker],
    ] as const) {
      const lines = linesOf(one)
      expect(lines.length).toBeGreaterThan(5)
      for (const line of lines) {
        expect(line, JSON.stringify(line)).toMatchObject({
          level: expect.stringMatching(/^(info|warn|error|fatal)$/),
          process: name,
          pid: one.pid,
        })
        expect(Date.parse(String(line.time))).toBeGreaterThan(0)
        expect(line.msg, JSON.stringify(line)).toEqual(expect.stringMatching(/./))
      }
    }
  })

  it('has levels that mean something', () => {
    const lines = linesOf(web)
    const about = (requestId: string) =>
      lines.filter((line) => line.requestId === requestId && line.msg !== 'request' && line.level !== 'warn')
    expect(about('wrong-login')).toMatchObject([{ level: 'info', refused: 'wrong_login' }])
    expect(about('provoked-500')).toMatchObject([
      { level: 'error', msg: 'A request failed', operation: 'GET /booking/consultants/:slug' },
    ])
    expect(lines.filter(({ level }) => level === 'fatal')).toMatchObject([{ msg: 'nobody caught this, …@…' }])
  })

  it('holds a page that could not be rendered, as one error that says why', () => {
    const errors = linesOf(web).filter(
      ({ level, requestId }) => level === 'error' && requestId === 'lost-while-rendering',
    )
    expect(statusOfLostPage).toBe(500)
    expect(errors).toMatchObject([
      {
        msg: 'A page could not be rendered',
        operation: 'page admin',
        err: { stack: expect.stringContaining('MoneyOverview') },
      },
    ])
  })

  it('holds what packages and Node say', () => {
    expect(linesOf(web)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          level: 'error',
          msg: 'no seat for …@…',
          err: expect.objectContaining({ type: 'Error' }),
        }),
        expect.objectContaining({ level: 'info', msg: expect.stringContaining('of a table') }),
        expect.objectContaining({ level: 'warn', msg: 'written to stderr\nin two lines' }),
        expect.objectContaining({ level: 'warn', warning: 'Warning', code: 'OLD01', msg: 'something is old' }),
      ]),
    )
  })

  it('names slow statements by what they were done for', () => {
    const slow = [...linesOf(web), ...linesOf(worker)].filter(({ msg }) => msg === 'A statement took long')
    const operations = new Set(slow.map(({ operation }) => operation))
    for (const name of ['POST /booking/sessions', 'POST /users/login', 'task follow-session'])
      expect(operations).toContain(name)
    for (const { statement, ms } of slow) {
      expect(statement).toEqual(expect.stringMatching(/./))
      expect(ms).toBeGreaterThanOrEqual(1)
    }
  })

  it('holds no address, no token, no password, no key', () => {
    const said = web.output() + worker.output()
    for (const secret of ['company.example', manageToken, adminToken, 'wrong-password', ...Object.values(secrets)]) {
      expect(said).not.toContain(secret)
    }
  })

  it('is one such line where a setting is missing', async () => {
    const start = startWebProcess({ database, env: { ...env, STRIPE_WEBHOOK_SECRET: '' } })
    const message = await start.then(String, (error: unknown) => String(error))
    const line = parseLogLine(message.replace(/^.* did not start: /, ''))
    expect(line).toMatchObject({
      level: 'fatal',
      process: 'web',
      msg: expect.stringContaining('STRIPE_WEBHOOK_SECRET'),
    })
  })
})
