import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectTo } from '../../support/database'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let payload: Payload
let db: pg.Client
let client: RestClient

beforeAll(async () => {
  const opened = await openTestPayload()
  payload = opened.payload
  db = await connectTo(opened.database)
  client = await createRestClient(payload)
})

const setWorkerSeen = (secondsAgo: number) =>
  db.query(
    `INSERT INTO parley.facts (key, value, updated_at) VALUES ('worker_alive', 'true', now() - $1 * interval '1 second')
     ON CONFLICT (key) DO UPDATE SET updated_at = excluded.updated_at`,
    [secondsAgo],
  )

describe('GET /health/live', () => {
  it('answers without looking at anything', async () => {
    const { pool } = payload.db as unknown as { pool: pg.Pool }
    const spy = vi.spyOn(pool, 'query')
    const { status, text, headers } = await client.get('/health/live')
    expect(spy).not.toHaveBeenCalled()
    spy.mockRestore()
    expect({ status, text }).toEqual({ status: 200, text: '{"ok":true}' })
    expect(headers.get('cache-control')).toBe('private, no-store')
  })
})

describe('GET /health/ready', () => {
  beforeEach(() => db.query('DELETE FROM parley.facts'))

  it('is ready with a database, all migrations and a worker', async () => {
    await setWorkerSeen(5)
    const { status, json } = await client.get('/health/ready')
    expect(status).toBe(200)
    expect(json).toMatchObject({
      ok: true,
      parts: {
        database: { ok: true },
        migrations: { ok: true, pending: [] },
        writes: { ok: true },
        worker: { ok: true, secondsSinceSeen: 5 },
        queue: { ok: true, oldestDueSeconds: null },
      },
    })
  })

  it('is not ready when a job that is due has waited for more than five minutes', async () => {
    await setWorkerSeen(1)
    await db.query(`SELECT graphile_worker.add_job('sweep', '{}', run_at => now() - interval '301 seconds')`)
    // A history that was just brought in has been due for long, and has waited for nobody.
    expect((await client.get('/health/ready')).json.parts.queue).toEqual({ ok: true, oldestDueSeconds: 0 })
    await db.query(`UPDATE graphile_worker._private_jobs SET created_at = run_at`)
    const waiting = await client.get('/health/ready')
    expect(waiting.status).toBe(503)
    expect(waiting.json.detail).toBe('Not ready: queue.')
    expect(waiting.json.parts.queue).toEqual({ ok: false, oldestDueSeconds: 301 })
    // One that failed, and one that is under way, wait for no worker.
    await db.query(`UPDATE graphile_worker._private_jobs SET attempts = max_attempts`)
    expect((await client.get('/health/ready')).status).toBe(200)
    await db.query(`UPDATE graphile_worker._private_jobs SET attempts = 0, locked_at = now(), locked_by = 'somebody'`)
    expect((await client.get('/health/ready')).status).toBe(200)
    await db.query('DELETE FROM graphile_worker._private_jobs')
  })

  it('is not ready when the database takes no writes', async () => {
    await setWorkerSeen(1)
    const { pool } = payload.db as unknown as { pool: pg.Pool }
    const readOnly = (isReadOnly: boolean) =>
      db.query(
        `ALTER DATABASE ${new URL(process.env.DATABASE_URL ?? '').pathname.slice(1)}
         SET default_transaction_read_only TO ${isReadOnly ? 'on' : 'off'}`,
      )
    const renew = () =>
      db.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      )
    await readOnly(true)
    await renew()
    await vi.waitFor(async () =>
      expect((await pool.query('SHOW transaction_read_only')).rows[0].transaction_read_only).toBe('on'),
    )
    const { status, json } = await client.get('/health/ready')
    await readOnly(false)
    await renew()
    expect(status).toBe(503)
    expect(json.detail).toMatch(/^Not ready: writes\. The database is read-only/)
    expect(json.parts).toMatchObject({ database: { ok: true }, writes: { ok: false }, worker: { ok: true } })
    await vi.waitFor(async () => expect((await client.get('/health/ready')).status).toBe(200))
  })

  it.each([
    ['was not seen for more than a minute', 61],
    ['was never seen', undefined],
  ])('is not ready when the worker %s', async (_, seconds) => {
    if (seconds !== undefined) await setWorkerSeen(seconds)
    const { status, json, headers } = await client.get('/health/ready')
    expect(status).toBe(503)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(json).toMatchObject({
      code: 'unavailable',
      status: 503,
      detail: 'Not ready: worker.',
      ok: false,
      parts: {
        database: { ok: true },
        migrations: { ok: true },
        worker: { ok: false, secondsSinceSeen: seconds ?? null },
      },
    })
  })

  it('is not ready while a migration is missing', async () => {
    await setWorkerSeen(1)
    const { rows } = await db.query('DELETE FROM payload_migrations WHERE name LIKE $1 RETURNING *', ['%directory'])
    const { status, json } = await client.get('/health/ready')
    await db.query('INSERT INTO payload_migrations (id, name, batch) VALUES ($1, $2, $3)', [
      rows[0].id,
      rows[0].name,
      rows[0].batch,
    ])
    expect(status).toBe(503)
    expect(json.parts.migrations).toEqual({ ok: false, pending: [rows[0].name] })
  })

  it('says no more than that when the database cannot be reached', async () => {
    const { pool } = payload.db as unknown as { pool: pg.Pool }
    const spy = vi.spyOn(pool, 'query').mockImplementation(() => {
      throw new Error('connect ECONNREFUSED 10.1.2.3:5432 password=secret')
    })
    const { status, json, text } = await client.get('/health/ready')
    spy.mockRestore()
    expect(status).toBe(503)
    expect(json.parts).toMatchObject({ database: { ok: false }, migrations: { ok: false }, worker: { ok: false } })
    expect(text).not.toContain('secret')
  })
})
