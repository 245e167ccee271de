import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { connectTo, createTestDatabase, type TestDatabase } from '../../support/database'
import { testPassword } from '../../support/hash-test-password'
import { startWebProcess, type WebProcess } from '../../support/servers'

// Of each limit a fifth: 12 logins, 120 holds.
const env = { RATE_LIMIT_FACTOR: '0.2', TRUSTED_PROXIES: '1' }

let database: TestDatabase
let client: pg.Client
let processes: WebProcess[]

beforeAll(async () => {
  database = await createTestDatabase()
  client = await connectTo(database)
  processes = await Promise.all([startWebProcess({ database, env }), startWebProcess({ database, env })])
})

let logins = 0

/** Every login is of another account: they have a limit of their own. */
const bodies = {
  '/api/users/login': () => ({ email: `nobody-${++logins}@parley.example`, password: 'wrong' }),
  '/api/booking/holds': () => ({ consultant: 'x', serviceType: 'y', start: '2027-01-01T10:00:00Z' }),
}

const ask = (web: WebProcess | undefined, path: keyof typeof bodies, address: string) =>
  fetch(`${web?.url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': address },
    body: JSON.stringify(bodies[path]()),
  })

const login = (
  web: WebProcess | undefined,
  { email, password = 'a-wrong-password' }: { email: string; password?: string },
  address: string,
) =>
  fetch(`${web?.url}/api/users/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': address },
    body: JSON.stringify({ email, password }),
  })

/** Somebody who may log in with the password of the tests. */
const insertUser = async (): Promise<{ email: string }> => {
  const { key, salt } = inject('testPassword')
  const email = 'somebody@parley.example'
  await client.query(
    `INSERT INTO users (id, email, name, hash, salt, is_active, _verified, updated_at, created_at)
     VALUES ($1, $2, 'Somebody', $3, $4, true, true, now(), now())`,
    [randomUUID(), email, `pbkdf2-sha256-v1:${key}`, salt],
  )
  return { email }
}

const count = (answers: readonly Response[], status: number): number =>
  answers.filter((answer) => answer.status === status).length

describe('two web processes', () => {
  it('accept a limit together, asked in turn, and both say when there is more', async () => {
    const answers: Response[] = []
    for (let n = 0; n < 16; n++) answers.push(await ask(processes[n % 2], '/api/users/login', '198.51.100.1'))
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 12 }, () => 401),
      ...Array.from({ length: 4 }, () => 429),
    ])
    const { rows } = await client.query<{ left: number }>(
      'SELECT extract(epoch FROM ends_at - clock_timestamp())::float8 AS left FROM parley.rate_limits WHERE taken = 12',
    )
    expect(rows).toHaveLength(1)
    for (const answer of answers.slice(12)) {
      expect(Number(answer.headers.get('Retry-After')) - (rows[0]?.left ?? 0)).toBeGreaterThan(0)
      expect(Number(answer.headers.get('Retry-After')) - (rows[0]?.left ?? 0)).toBeLessThan(3)
    }
  })

  it.each([
    ['/api/users/login', 12, 401],
    ['/api/booking/holds', 120, 404],
  ] as const)('accept a limit together, asked at once: %s', async (path, most, status) => {
    const askAll = (web: WebProcess) => Array.from({ length: most }, () => ask(web, path, '198.51.100.2'))
    const answers = await Promise.all(processes.flatMap(askAll))
    expect({ accepted: count(answers, status), refused: count(answers, 429) }).toEqual({
      accepted: most,
      refused: most,
    })
  })

  it('accept reading together, by what it costs', async () => {
    // 1,200 points, of which each takes 81.
    const answers: Response[] = []
    for (let n = 0; n < 18; n++) {
      const url = `${processes[n % 2]?.url}/api/availability-slots?limit=200&depth=1`
      answers.push(await fetch(url, { headers: { 'X-Forwarded-For': '198.51.100.3' } }))
    }
    expect({ accepted: count(answers, 200), refused: count(answers, 429) }).toEqual({ accepted: 14, refused: 4 })
  })

  it('count who fails to log in to an account together', async () => {
    const tryAt = (n: number) => login(processes[n % 2], { email: 'one@parley.example' }, '198.51.100.5')
    const answers: Response[] = []
    for (let n = 0; n < 11; n++) answers.push(await tryAt(n))
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 401), 429])
    // Not that of logins, which is over within a minute.
    expect(Number(answers[10]?.headers.get('Retry-After'))).toBeGreaterThan(60)
    expect((await login(processes[0], { email: 'one@parley.example' }, '198.51.100.6')).status).toBe(401)
  })

  it('forgive together, too', async () => {
    const { email } = await insertUser()
    const fail = (n: number) => login(processes[n % 2], { email }, '198.51.100.7')
    for (let n = 0; n < 4; n++) expect((await fail(n)).status).toBe(401)
    const right = await login(processes[1], { email, password: testPassword }, '198.51.100.7')
    expect(right.status, await right.text()).toBe(200)
    for (let n = 0; n < 7; n++) expect((await fail(n)).status).toBe(401)
  })

  it("store nobody's address", async () => {
    const { rows } = await client.query<{ key: string }>('SELECT key FROM parley.rate_limits')
    expect(rows.length).toBeGreaterThan(3)
    for (const { key } of rows) expect(key).toMatch(/^[\w-]{22}$/)
  })

  it('count alone while the database does not count, and say so once', async () => {
    await client.query('ALTER TABLE parley.rate_limits RENAME TO away')
    const askAll = (web: WebProcess) => Array.from({ length: 20 }, () => ask(web, '/api/users/login', '198.51.100.4'))
    const answers = await Promise.all(processes.flatMap(askAll))
    expect({ accepted: count(answers, 401), refused: count(answers, 429) }).toEqual({ accepted: 24, refused: 16 })
    for (const web of processes) {
      const tries: Response[] = []
      for (let n = 0; n < 11; n++) tries.push(await login(web, { email: 'two@parley.example' }, '198.51.100.8'))
      expect(tries.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 401), 429])
      expect(Number(tries[10]?.headers.get('Retry-After'))).toBeGreaterThan(60)
      await web.stop()
      expect(web.output().match(/Rate limits are counted by this process alone/g)).toHaveLength(1)
      expect(web.output().match(/Failed logins are counted by this process alone/g)).toHaveLength(1)
    }
  })
})
