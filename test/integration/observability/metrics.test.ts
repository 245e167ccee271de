import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { WebServer } from '#server/create-web-server'
import { cleanUpLater } from '../../support/clean-up'
import { connectTo } from '../../support/database'
import { createConsultant, createServiceType, guest } from '../../support/fixtures'
import { findFreePort } from '../../support/free-port'
import { openTestPayload } from '../../support/payload'

const token = 'a token that nobody guesses'
let server: WebServer
let db: pg.Client
let base: string
let own: string

beforeAll(async () => {
  const port = await findFreePort()
  const { database } = await openTestPayload({
    METRICS_PORT: String(port),
    METRICS_TOKEN: token,
    RATE_LIMIT_FACTOR: '0',
  })
  const { createWebServer } = await import('#server/create-web-server')
  server = await createWebServer({ port: 0, host: '127.0.0.1', next: 'none' })
  cleanUpLater(() => server.close())
  db = await connectTo(database)
  base = `http://127.0.0.1:${server.port}`
  own = `http://127.0.0.1:${port}/metrics`
})

const authorized = { Authorization: `Bearer ${token}` }
const scrape = async (): Promise<string[]> => {
  const answer = await fetch(own, { headers: authorized })
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  return (await answer.text()).split('\n')
}
const valueOf = (lines: readonly string[], series: string): number => {
  const line = lines.find((one) => one.startsWith(`${series} `))
  return line === undefined ? Number.NaN : Number(line.slice(series.length))
}
let later = 0
/** What was read of the database is told again for a while. */
const afterwards = async (): Promise<string[]> => {
  later += 11_000
  const at = performance.now() + later
  const clock = vi.spyOn(performance, 'now').mockReturnValue(at)
  try {
    return await scrape()
  } finally {
    clock.mockRestore()
  }
}

describe('who may see them', () => {
  it.each(['/api/metrics', 'own port'])('nobody without the token: %s', async (where) => {
    const url = where === 'own port' ? own : base + where
    const others: Record<string, string>[] = [{}, { Authorization: 'Bearer wrong' }, { Authorization: token }]
    for (const headers of others) {
      expect((await fetch(url, { headers })).status).toBe(404)
    }
    expect((await fetch(`${url}?token=${encodeURIComponent(token)}`)).status).toBe(404)
    expect((await fetch(url, { headers: authorized })).status).toBe(200)
  })

  it('nothing else is on the own port', async () => {
    const elsewhere = own.replace('/metrics', '/api/health/live')
    expect((await fetch(elsewhere, { headers: authorized })).status).toBe(404)
    expect((await fetch(own, { method: 'POST', headers: authorized })).status).toBe(404)
  })
})

describe('requests', () => {
  it('are counted by the pattern of their route and their status', async () => {
    await fetch(`${base}/api/health/live`)
    await fetch(`${base}/api/booking/sessions/PS-NOTHING`)
    const lines = await scrape()
    expect(valueOf(lines, 'parley_http_requests_total{route="GET /health/live",status="200"}')).toBe(1)
    expect(valueOf(lines, 'parley_http_requests_total{route="GET /booking/sessions/:reference",status="404"}')).toBe(1)
    expect(valueOf(lines, 'parley_http_request_seconds_count{route="GET /health/live"}')).toBe(1)
    expect(valueOf(lines, 'parley_refusals_total{operation="getSession",code="not_found"}')).toBe(1)
    expect(valueOf(lines, 'parley_http_requests_under_way')).toBe(0)
  })

  it('whatever is asked for, there are no more series than routes', async () => {
    const random = () => randomBytes(6).toString('hex')
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'MKCOL', 'LOCK']
    const ask = async (round: number) => {
      const method = methods[round % methods.length] ?? 'GET'
      const paths = [
        `/${random()}`,
        `/api/${random()}/${random()}`,
        `/api/users/${random()}`,
        `/api/booking/sessions/${random()}?token=${random()}&q=${'x'.repeat(2_000)}`,
        `/api/globals/${random()}`,
        `/api/booking/requests/${random()}`,
      ]
      for (const path of paths) await (await fetch(base + path, { method })).arrayBuffer()
    }
    // Each of them once, so that the second half can bring nothing new but what comes from the caller.
    for (let round = 0; round < methods.length; round++) await ask(round)
    const before = await scrape()
    for (let round = 0; round < methods.length; round++) await ask(round)
    const after = await scrape()
    const seriesIn = (lines: string[]) =>
      lines.filter((line) => line.startsWith('parley_')).map((line) => line.replace(/ \S+$/, ''))
    expect(seriesIn(after).sort()).toEqual(seriesIn(before).sort())
    expect(seriesIn(after).join('\n')).not.toMatch(/[0-9a-f]{12}/)
    expect(valueOf(after, 'parley_http_request_seconds_count{route="GET /booking/requests/:reference"}')).toBe(2)
  })
})

describe('what is done', () => {
  it('free times, holds and bookings are counted, each with its outcome, once it is committed', async () => {
    const { payload } = server
    const { profile } = await createConsultant(payload)
    const { slug } = await createServiceType(payload, [profile])
    const offer = { consultant: profile.slug, serviceType: slug }
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
    const post = async (path: string, body: object) =>
      (
        await fetch(`${base}/api/booking/${path}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ ...offer, ...body }),
        })
      ).status
    const slots = await fetch(
      `${base}/api/booking/slots?${new URLSearchParams({ ...offer, start: day, end: day, timeZone: 'UTC' }).toString()}`,
    )
    expect(slots.status).toBe(200)
    const start = `${day}T10:00:00Z`
    expect(await post('holds', { start })).toBe(201)
    expect(await post('holds', { start })).toBe(409)
    const customer = guest()
    expect(await post('sessions', { start: `${day}T12:00:00Z`, customer })).toBe(201)
    expect(await post('sessions', { start: `${day}T12:00:00Z`, customer: guest() })).toBe(409)
    expect(await post('sessions', { start: `${day}T12:00:01Z`, customer: guest() })).toBe(422)
    const lines = await scrape()
    expect(valueOf(lines, 'parley_slot_queries_total')).toBe(1)
    expect(valueOf(lines, 'parley_slots_computed_total')).toBeGreaterThan(40)
    expect(valueOf(lines, 'parley_holds_total{outcome="held"}')).toBe(1)
    expect(valueOf(lines, 'parley_holds_total{outcome="taken"}')).toBe(1)
    expect(valueOf(lines, 'parley_bookings_total{outcome="booked"}')).toBe(1)
    expect(valueOf(lines, 'parley_bookings_total{outcome="taken"}')).toBe(1)
    expect(valueOf(lines, 'parley_bookings_total{outcome="refused"}')).toBe(1)
    expect(valueOf(lines, 'parley_events_total{event="session.created"}')).toBe(1)
    expect(lines.join('\n')).not.toContain(customer.email)
  })

  it('what was rolled back is not counted', async () => {
    const { withTransaction } = await import('#database/transactions')
    const { announce } = await import('#events/announce')
    const undone = withTransaction(server.payload, async (req) => {
      await announce(req, 'review.created', { reviewId: 'a' })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(valueOf(await scrape(), 'parley_events_total{event="review.created"}')).toBeNaN()
  })
})

describe('what stands in the database', () => {
  it('is told: jobs by task, workers, faults in the books, connections', async () => {
    await db.query(`
      SELECT graphile_worker.add_job('sweep', '{}', run_at => now() - interval '400 seconds'),
        graphile_worker.add_job('sweep', '{}', run_at => now() - interval '10 seconds'),
        graphile_worker.add_job('sweep', '{}', run_at => now() + interval '1 hour'),
        graphile_worker.add_job('publish-all-slots', '{}', run_at => now() + interval '10 minutes')`)
    await db.query(`UPDATE graphile_worker._private_jobs SET created_at = run_at WHERE run_at < now()`)
    await db.query(
      `UPDATE graphile_worker._private_jobs SET last_error = 'resend takes no more calls', created_at = now() - interval '3 hours'
       WHERE run_at > now() AND run_at < now() + interval '11 minutes' AND id IN (SELECT id FROM graphile_worker.jobs WHERE task_identifier = 'publish-all-slots')`,
    )
    await db.query(
      `INSERT INTO parley.facts (key, value, updated_at) VALUES ('last_backup', '{}', now() - interval '2 days')`,
    )
    await db.query(`
      INSERT INTO parley.facts (key, value) VALUES ('money_faults', '{"unpaid": 2}'), ('worker:a', '[]')
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`)
    await db.query(
      `UPDATE graphile_worker._private_jobs SET attempts = max_attempts
       WHERE id = (SELECT id FROM graphile_worker.jobs WHERE task_identifier = 'publish-slots' LIMIT 1)`,
    )
    const lines = await afterwards()
    expect(valueOf(lines, 'parley_database_up')).toBe(1)
    expect(valueOf(lines, 'parley_queue_jobs{task="sweep",state="due"}')).toBe(2)
    expect(valueOf(lines, 'parley_queue_oldest_due_seconds{task="sweep"}')).toBeGreaterThanOrEqual(400)
    expect(valueOf(lines, 'parley_queue_oldest_put_back_seconds{task="publish-all-slots"}')).toBeGreaterThanOrEqual(
      10_800,
    )
    expect(valueOf(lines, 'parley_backup_age_seconds')).toBeGreaterThanOrEqual(172_800)
    expect(valueOf(lines, 'parley_queue_jobs{task="publish-slots",state="failed"}')).toBe(1)
    expect(valueOf(lines, 'parley_workers')).toBe(1)
    expect(valueOf(lines, 'parley_money_faults{code="unpaid"}')).toBe(2)
    expect(valueOf(lines, 'parley_money_check_age_seconds')).toBeGreaterThanOrEqual(0)
    expect(valueOf(lines, 'parley_database_connections')).toBeGreaterThan(0)
    expect(valueOf(lines, 'parley_database_connections_max')).toBeGreaterThan(5)
    expect(valueOf(lines, 'parley_pool_connections_max{pool="payload"}')).toBe(10)
  })

  it('what is not there any more is not told any more', async () => {
    await db.query(`DELETE FROM graphile_worker._private_jobs`)
    await db.query(`UPDATE parley.facts SET value = '{}' WHERE key = 'money_faults'`)
    const lines = await afterwards()
    expect(lines.filter((line) => /^parley_(queue_jobs|money_faults)\{/.test(line))).toEqual([])
  })

  it('a worker counts the faults in the books, by code', async () => {
    const { tasks } = await import('#worker/tasks')
    const faults = async () => {
      await tasks['count-money-faults'](server.payload, {})
      return (await afterwards()).filter((line) => line.startsWith('parley_money_faults{'))
    }
    await db.query(`INSERT INTO parley.number_series (series, last_number) VALUES ('INV-2001', 3)`)
    expect(await faults()).toEqual(['parley_money_faults{code="numbers_have_gaps"} 1'])
    await db.query(`DELETE FROM parley.number_series`)
    expect(await faults()).toEqual([])
  })

  it('is read once, however many ask at the same time', async () => {
    const figures = await import('#desk/figures/figure-queries')
    const read = vi.spyOn(figures, 'readFigures')
    await Promise.all([afterwards(), scrape(), scrape()])
    expect(read.mock.calls.length).toBeLessThanOrEqual(1)
  })

  it('while it is away the rest is told, and that it is', async () => {
    const { pool } = server.payload.db as unknown as { pool: pg.Pool }
    const query = vi.spyOn(pool, 'query').mockImplementation(() => new Promise(() => undefined))
    const startedAt = Date.now()
    const lines = await afterwards()
    query.mockRestore()
    expect(Date.now() - startedAt).toBeLessThan(5_000)
    expect(valueOf(lines, 'parley_database_up')).toBe(0)
    expect(lines.some((line) => line.startsWith('parley_database_connections'))).toBe(false)
    expect(valueOf(lines, 'parley_holds_total{outcome="held"}')).toBe(1)
  })
})
