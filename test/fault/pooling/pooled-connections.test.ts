import { randomUUID } from 'node:crypto'
import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import pg from 'pg'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { ConsultantProfile } from '#payload-types'
import { checkPooling } from '#server/check-pooling'
import type { ResendSandbox } from '#sandbox/resend/start-resend-sandbox'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { cleanUpLater } from '../../support/clean-up'
import { connectTo, createTestDatabase, type TestDatabase } from '../../support/database'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from '../../support/fixtures'
import { testPassword } from '../../support/hash-test-password'
import { openTestPayload } from '../../support/payload'
import { kindOf, openResendSandbox } from '../../support/resend-sandbox'
import { runCommand } from '../../support/run-command'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'
import { openStripeSandbox } from '../../support/stripe-sandbox'
import { startTransactionPooler, type TransactionPooler } from '../../support/transaction-pooler'

let database: TestDatabase
let direct: pg.Client
let pooler: TransactionPooler
let payload: Payload
let api: RestClient
let resend: ResendSandbox
let stripe: StripeSandbox
let consultant: ConsultantProfile

const bound =
  'ALTER DATABASE %s SET statement_timeout = 4000; ALTER DATABASE %s SET idle_in_transaction_session_timeout = 30000'

beforeAll(async () => {
  database = await createTestDatabase()
  direct = await connectTo(database)
  await direct.query(bound.replaceAll('%s', database.name))
  pooler = await startTransactionPooler(database.url)
  const [mail, money] = await Promise.all([openResendSandbox(), openStripeSandbox()])
  resend = mail.resend
  stripe = money.stripe
  const env = {
    ...mail.env,
    ...money.env,
    DATABASE_URL: pooler.url,
    DATABASE_DIRECT_URL: database.url,
    DATABASE_POOLING: 'transaction',
    DATABASE_POOL_SIZE: '10',
  }
  ;({ payload } = await openTestPayload(env, database))
  consultant = (await createConsultant(payload)).profile
  api = await createRestClient(payload)
  const { runWorker } = await import('#worker/run-worker')
  const worker = await runWorker(payload)
  cleanUpLater(() => worker.stop())
}, 240_000)

/** Repeats what a busy machine was too slow for, as a client should. */
const post = async (
  path: string,
  body: unknown,
  token?: string,
  key: string = randomUUID(),
): Promise<RestAnswer['json']> => {
  const headers = { 'Idempotency-Key': key, ...(token ? { Authorization: `Bearer ${token}` } : {}) }
  const { status, text, json } = await api.post(path, body, headers)
  if (status === 503) return post(path, body, token, key)
  expect(status, text).toBeLessThan(300)
  return json
}

describe('a read', () => {
  /** As the first statement of a request that is bounded so. */
  const readFor = async (statementMs: number | undefined, query = sql`SHOW statement_timeout`) => {
    const [{ runOperation }, { poolDb }] = await Promise.all([
      import('#shared/operation'),
      import('#database/transactions'),
    ])
    // It is asked once it is waited for.
    return runOperation({ name: 'test', reading: { statementMs } }, async () => await poolDb(payload).execute(query))
  }

  it.each([
    ['nobody', '3s'],
    // 8 s, and the database says less.
    ['login', '4s'],
    ['staff', '4s'],
  ] as const)('of %s may take %s, and says so to nobody else', async (kind, holds) => {
    const { queryBounds } = await import('#access/query-bounds')
    const read = () => readFor(queryBounds[kind].statementMs)
    for (const { rows } of await Promise.all([read(), read(), read()]))
      expect(rows).toEqual([{ statement_timeout: holds }])
    // That of the database: no session keeps what it was told.
    for (let n = 0; n < 12; n++) expect((await readFor(undefined)).rows).toEqual([{ statement_timeout: '4s' }])
  })

  it('may take its own time where the database sets none, or more', async () => {
    const { queryBounds } = await import('#access/query-bounds')
    const inTransaction = async (setting: string) => {
      const { queryWithin } = await import('#database/query-within')
      const pool = new pg.Pool({ connectionString: database.url, max: 1, options: `-c statement_timeout=${setting}` })
      const answer = await queryWithin(pool, queryBounds.login.statementMs, (client) =>
        client.query('SHOW statement_timeout'),
      )
      await pool.end()
      return (answer as pg.QueryResult).rows[0]
    }
    for (const setting of ['0', '60000']) expect(await inTransaction(setting)).toEqual({ statement_timeout: '8s' })
  })

  it('that takes longer is ended, and its connection goes on being used', async () => {
    await expect(readFor(100, sql`SELECT pg_sleep(3)`)).rejects.toMatchObject({ cause: { code: '57014' } })
    for (let n = 0; n < 12; n++) expect((await readFor(100)).rows).toEqual([{ statement_timeout: '100ms' }])
  })
})

describe('behind a pooler in transaction mode', () => {
  it('is booked, paid, cancelled, logged in and told of', async () => {
    const prices = [{ durationMinutes: 30, amount: 10_001, currency: 'GBP' as const }]
    const { slug } = await createServiceType(payload, [consultant], { isFree: false, prices })
    const { email } = await createUser(payload, ['customer'])
    expect(await post('/users/login', { email, password: testPassword })).toMatchObject({ user: { email } })

    // More at once than the pooler has sessions.
    const customers = Array.from({ length: 6 }, () => guest())
    await Promise.all(
      customers.map(async (customer, n) => {
        const { session, manageToken, payment } = await post('/booking/sessions', {
          consultant: consultant.slug,
          serviceType: slug,
          start: iso(hourIn(3, n)),
          customer,
        })
        stripe.control.payCheckout(new URL(payment.checkoutUrl).pathname.split('/').pop() ?? '')
        await post(`/booking/sessions/${session.reference}/payment/refresh`, {}, manageToken)
        if (n % 2) await post(`/booking/sessions/${session.reference}/cancel`, {}, manageToken)
      }),
    )
    const kinds = (to: string) =>
      resend.control
        .emails()
        .filter((mail) => mail.to.includes(to))
        .map(kindOf)
    await vi.waitFor(
      () => {
        for (const [n, { email: to }] of customers.entries()) {
          expect(kinds(to)).toContain(`${n % 2 ? 'refund_processed' : 'booking_confirmation'}/customer`)
        }
      },
      { timeout: 180_000, interval: 100 },
    )
  }, 240_000)

  it('asks for nothing that its sessions cannot keep', () => {
    const { parameters, preparedNames, statements } = pooler.seen
    expect(statements.length).toBeGreaterThan(500)
    expect(
      [...parameters].filter((name) => !['user', 'database', 'client_encoding', 'application_name'].includes(name)),
    ).toEqual([])
    expect([...preparedNames]).toEqual([])
    const ofSessions =
      /^\s*(?:UN)?LISTEN\b|^\s*SET\s+(?!LOCAL\b|TRANSACTION\b|CONSTRAINTS\b)|pg_(?:try_)?advisory_lock|\bTEMP(?:ORARY)?\s+TABLE\b|\bWITH\s+HOLD\b|^\s*(?:PREPARE|DEALLOCATE|DISCARD)\b/i
    expect(statements.filter((statement) => ofSessions.test(statement))).toEqual([])
    for (const one of ['LISTEN "jobs:insert"', 'SET statement_timeout = 0', 'SELECT pg_advisory_lock($1)']) {
      expect(one).toMatch(ofSessions)
    }
    // The queue's, and those of the limits, go the same way.
    expect(statements.some((statement) => statement.includes('graphile_worker'))).toBe(true)
    expect(statements.some((statement) => statement.includes('parley.rate_limits'))).toBe(true)
  })

  it('listens past the pooler, on one connection', async () => {
    const { rows } = await direct.query(
      `SELECT query FROM pg_stat_activity WHERE datname = $1 AND query LIKE 'LISTEN%'`,
      [database.name],
    )
    expect(rows).toHaveLength(1)
  })

  it('a statement that takes too long is cancelled', async () => {
    const { poolDb } = await import('#database/transactions')
    const { sql } = await import('@payloadcms/db-postgres')
    await expect(poolDb(payload).execute(sql`SELECT pg_sleep(60)`)).rejects.toMatchObject({ cause: { code: '57014' } })
  })
})

describe('a start refuses', () => {
  const directUrl = () => database.url
  const fault = (given: Parameters<typeof checkPooling>[0]) =>
    checkPooling(given).then(
      () => 'none',
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    )
  const unbound = async () => {
    const other = await createTestDatabase({ empty: true })
    return { other, pooled: await startTransactionPooler(other.url, { size: 2 }) }
  }

  it('nothing when all is right, with and without a pooler', async () => {
    expect(await fault({ url: pooler.url, directUrl: directUrl(), pooling: 'transaction' })).toBe('none')
    expect(await fault({ url: directUrl(), directUrl: directUrl(), pooling: 'none' })).toBe('none')
  })

  it('a pooler that the settings do not know of', async () => {
    expect(await fault({ url: pooler.url, directUrl: pooler.url, pooling: 'none' })).toBe(
      'StartError: DATABASE_URL leads to a pooler (it says: unsupported startup parameter: statement_timeout). Set DATABASE_POOLING=transaction, and DATABASE_DIRECT_URL to PostgreSQL itself; or let DATABASE_URL lead there.',
    )
    const patient = await startTransactionPooler(database.url, { size: 2, bearsParameters: true })
    expect(await fault({ url: patient.url, directUrl: patient.url, pooling: 'none' })).toMatch(
      /^StartError: DATABASE_URL leads to a pooler that does not pass statement_timeout on, so nothing would be cancelled\. Set DATABASE_POOLING=transaction/,
    )
    const { other } = await unbound()
    await direct.query(`ALTER DATABASE ${other.name} SET statement_timeout = 15000`)
    const treacherous = await startTransactionPooler(other.url, { size: 2, bearsParameters: true })
    expect(await fault({ url: treacherous.url, directUrl: treacherous.url, pooling: 'none' })).toMatch(
      /^StartError: DATABASE_URL leads to a pooler in transaction mode\. Set DATABASE_POOLING=transaction/,
    )
  })

  it('a direct address that leads to a pooler, or to another database', async () => {
    const second = await startTransactionPooler(database.url, { size: 2 })
    expect(await fault({ url: pooler.url, directUrl: second.url, pooling: 'transaction' })).toBe(
      'StartError: DATABASE_DIRECT_URL leads to a pooler in transaction mode: set it to PostgreSQL itself, past the pooler.',
    )
    const { other } = await unbound()
    expect(await fault({ url: pooler.url, directUrl: other.url, pooling: 'transaction' })).toBe(
      'StartError: DATABASE_URL and DATABASE_DIRECT_URL do not lead to the same database.',
    )
  })

  it('a pooler whose statements nothing bounds, and says what to run', async () => {
    const { other, pooled } = await unbound()
    const said = await fault({ url: pooled.url, directUrl: other.url, pooling: 'transaction' })
    expect(said).toMatch(/^StartError: Behind the pooler nothing bounds how long a statement may run/)
    const statements = said.match(/ALTER ROLE [^;]*;/g) ?? []
    expect(statements).toHaveLength(2)
    for (const statement of statements) await direct.query(statement)
    const anew = await startTransactionPooler(other.url, { size: 2 })
    expect(await fault({ url: anew.url, directUrl: other.url, pooling: 'transaction' })).toBe('none')
  })

  it('prepared statements where the pooler does not carry them', async () => {
    expect(await fault({ url: pooler.url, directUrl: directUrl(), pooling: 'transaction-prepared' })).toMatch(
      /^StartError: The pooler does not carry prepared statements from session to session .*set DATABASE_POOLING=transaction/,
    )
    // It would have seen those of the product as well.
    expect([...pooler.seen.preparedNames]).toEqual([expect.stringMatching(/^parley-/)])
  })

  it('migrations through a pooler', async () => {
    const patient = await startTransactionPooler(database.url, { size: 2, bearsParameters: true })
    const command = runCommand('src/database/migrate.ts', { DATABASE_URL: patient.url })
    expect(await command.ended, command.stdout()).toBe(1)
    expect(command.stderr().trim()).toMatch(
      /^DATABASE_URL leads to a pooler in transaction mode\. Set DATABASE_POOLING/,
    )
  })
})
