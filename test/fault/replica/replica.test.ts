import type { Payload } from 'payload'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { replicaState } from '#database/replica'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { createConsultant, createServiceType, createUser, guest } from '../../support/fixtures'
import { type OwnPostgres, startOwnPostgres } from '../../support/faults/own-postgres'
import { startStandby, type Standby } from '../../support/faults/standby'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'

let primary: OwnPostgres
let standby: Standby
let payload: Payload
let api: RestClient
let staff: RestClient
let consultant: ConsultantProfile
let service: ServiceType
let stateOf: typeof replicaState

beforeAll(async () => {
  primary = await startOwnPostgres()
  standby = await startStandby(primary)
  const env = { DATABASE_REPLICA_URL: standby.url, DATABASE_REPLICA_LAG_MS: '2000' }
  ;({ payload } = await openTestPayload(env, primary.database))
  ;({ replicaState: stateOf } = await import('#database/replica'))
  consultant = (await createConsultant(payload)).profile
  service = await createServiceType(payload, [consultant])
  api = await createRestClient(payload)
  staff = await api.as(await createUser(payload, ['operations']))
}, 240_000)

const until = (isUsed: boolean) =>
  vi.waitFor(() => expect(stateOf(payload)?.isUsed).toBe(isUsed), { timeout: 60_000, interval: 20 })

/** How many statements of a kind its connections ran last. */
const ranAt = async (server: Pick<Standby, 'query'>, text: string): Promise<number> => {
  const { rows } = await server.query(
    `SELECT FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database() AND query LIKE '%${text}%'`,
  )
  return rows.length
}

const slotsOf = async (): Promise<string[]> => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const query = new URLSearchParams({
    consultant: consultant.slug ?? '',
    serviceType: service.slug ?? '',
    start: day(2),
    end: day(9),
  })
  const answer = await api.get(`/booking/slots?${query.toString()}`)
  expect(answer.status, answer.text).toBe(200)
  return Object.values(answer.json.slots as Record<string, { start: string }[]>).flatMap((times) =>
    times.map(({ start }) => start),
  )
}

const profile = async () => {
  const answer = await api.get(`/booking/consultants/${consultant.slug}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.json as { headline: string | null }
}

const setHeadline = (headline: string) =>
  payload.update({ collection: 'consultant-profiles', id: consultant.id, data: { headline, _status: 'published' } })

describe('with a streaming replica', () => {
  it('public reads and exports go there', async () => {
    await until(true)
    for (const path of ['/booking/service-types', '/booking/consultants', `/booking/consultants/${consultant.slug}`]) {
      expect(await api.get(path)).toMatchObject({ status: 200 })
    }
    // One after the other on one connection, so the last one is seen.
    expect(await ranAt(standby, 'AS "averageRating"')).toBeGreaterThan(0)
    expect(await ranAt(primary, 'AS "averageRating"')).toBe(0)
    const file = await staff.get('/exports/consultant-profiles.csv')
    expect(file.status, file.text).toBe(200)
    expect(file.text).toContain(consultant.name)
    expect(await ranAt(standby, 'commit')).toBeGreaterThan(0)
  })

  it('sums of the books and statements of months that are over are read there; it is said whether it is used', async () => {
    await until(true)
    const [{ readMoneyOverview }, { localRequest }] = await Promise.all([
      import('#payments/ledger/read-money-overview'),
      import('#database/local-request'),
    ])
    const scans = async (table: string): Promise<number> => {
      const { rows } = await standby.query(
        `SELECT (coalesce(seq_scan, 0) + coalesce(idx_scan, 0))::int AS scans FROM pg_stat_user_tables WHERE relname = '${table}'`,
      )
      return Number(rows[0]?.scans)
    }
    // A connection tells its statistics at the end of a transaction, and not more often than once a second.
    const soon = { timeout: 30_000, interval: 300 }
    await vi.waitFor(async () => {
      const statement = await staff.get(`/payments/statements/${consultant.slug}/2026-01`)
      expect(statement.status, statement.text).toBe(200)
      expect(await scans('ledger_entries')).toBeGreaterThan(0)
    }, soon)
    expect(await scans('disputes')).toBe(0)
    await vi.waitFor(async () => {
      await readMoneyOverview(await localRequest(payload), { from: Date.now() - 86_400_000, until: Date.now() })
      expect(await scans('disputes')).toBeGreaterThan(0)
    }, soon)
    const { parts } = (await api.get('/health/ready')).json
    expect(parts.replica).toEqual({ ok: true, lagMs: expect.any(Number) })
  })

  it('that stands still: what was just taken is neither offered nor held, and reads go to the primary in time', async () => {
    await until(true)
    await standby.query('SELECT pg_wal_replay_pause()')
    const [start = ''] = await slotsOf()
    const wanted = { consultant: consultant.slug, serviceType: service.slug, start }
    const booked = await api.post('/booking/sessions', { ...wanted, customer: guest() })
    expect(booked.status, booked.text).toBe(201)
    expect(await slotsOf()).not.toContain(start)
    expect(await api.post('/booking/holds', wanted)).toMatchObject({ status: 409, json: { code: 'slot_taken' } })
    const { rows } = await standby.query('SELECT FROM scheduled_sessions')
    expect(rows).toHaveLength(0)

    await until(false)
    expect(stateOf(payload)?.lagMs).toBeGreaterThan(2_000)
    await setHeadline('Written while the replica stood still')
    expect((await profile()).headline).toBe('Written while the replica stood still')
    expect(await slotsOf()).not.toContain(start)

    await standby.query('SELECT pg_wal_replay_resume()')
    await until(true)
    expect((await profile()).headline).toBe('Written while the replica stood still')
  })

  it('rules that changed are those of the primary at once, for free times and for holds', async () => {
    await until(true)
    await standby.query('SELECT pg_wal_replay_pause()')
    expect((await slotsOf()).length).toBeGreaterThan(0)
    const { availability } = consultant
    const setNotice = (minBookingNoticeHours: number) =>
      payload.update({
        collection: 'consultant-profiles',
        id: consultant.id,
        data: { availability: { ...availability, minBookingNoticeHours }, _status: 'published' },
      })
    const before = await slotsOf()
    await setNotice(96)
    const later = await slotsOf()
    expect(later.length).toBeLessThan(before.length)
    expect(later[0] ?? '').toBe(before.find((start) => Date.parse(start) >= Date.now() + 96 * 3_600_000))
    await setNotice(availability?.minBookingNoticeHours ?? 0)
    expect(await slotsOf()).toEqual(before)
    await standby.query('SELECT pg_wal_replay_resume()')
  })

  it('who is not there yet is found at the primary', async () => {
    await until(true)
    await standby.query('SELECT pg_wal_replay_pause()')
    const { profile: fresh } = await createConsultant(payload)
    expect(await api.get(`/booking/consultants/${fresh.slug}`)).toMatchObject({ status: 200 })
    await standby.query('SELECT pg_wal_replay_resume()')
  })

  it('that goes away: nobody notices, and it is used again when it is back', async () => {
    await until(true)
    await standby.stop()
    expect((await profile()).headline).toBe('Written while the replica stood still')
    await until(false)
    const { checkReadiness } = await import('../../../endpoints/machines/check-readiness')
    await primary.query(
      `INSERT INTO parley.facts (key, value) VALUES ('worker_alive', 'true') ON CONFLICT (key) DO UPDATE SET updated_at = now()`,
    )
    expect(await checkReadiness(payload)).toMatchObject({ ok: true, parts: { replica: { ok: false } } })
    await standby.start()
    await until(true)
  })

  it('that becomes a primary of its own is not read from any more', async () => {
    await until(true)
    await standby.query('SELECT pg_promote()')
    await until(false)
    expect((await profile()).headline).toBe('Written while the replica stood still')
  })
})
