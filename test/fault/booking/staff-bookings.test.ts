import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import type pg from 'pg'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ConsultantProfile, Customer, ServiceType, User } from '#payload-types'
import { Crashed, killedAfter, plantDatabaseSteps, plantStripeSteps } from '../../support/crash'
import { connectTo, type TestDatabase } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { createConsultant, createCustomer, createServiceType, createUser, hourIn, iso } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { startWebProcess, type WebProcess } from '../../support/servers'
import { openStripeSandbox } from '../../support/stripe-sandbox'
import { tokenFor } from '../../support/token-for'

let payload: Payload
let database: TestDatabase
let client: pg.Client
let operations: User
let staff: RestClient
let consultant: ConsultantProfile
let customer: Customer
let paid: ServiceType
let servers: [WebProcess, WebProcess]
let hour = 0

beforeAll(async () => {
  const { env } = await openStripeSandbox()
  ;({ payload, database } = await openTestPayload({ ...env, PAYLOAD_SECRET: `staff-bookings-${randomUUID()}` }))
  client = await connectTo(database)
  operations = await createUser(payload, ['operations'])
  staff = await (await createRestClient(payload)).as(operations)
  consultant = (await createConsultant(payload)).profile
  customer = (await createCustomer(payload)).customer
  paid = await createServiceType(payload, [consultant], {
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 15_000, currency: 'GBP' }],
  })
  servers = await Promise.all([startWebProcess({ database }), startWebProcess({ database })])
  plantDatabaseSteps(payload)
  const { getStripe } = await import('#payments/stripe/stripe-client')
  plantStripeSteps(getStripe())
})

afterEach(() => expectSoundBooks(payload))

const nextStart = () => hourIn(5 + Math.floor(hour / 24), hour++ % 24)

const charges = {
  link: { charge: 'link' },
  elsewhere: { charge: 'elsewhere', chargeReason: 'Invoice', chargeReference: 'B-7' },
  none: { charge: 'none', chargeReason: 'Goodwill' },
} as const
type ChargeName = keyof typeof charges
const chargeNames = Object.keys(charges) as ChargeName[]

const formAt = (start: number, charge: ChargeName) => ({
  consultant: consultant.id,
  customer: customer.id,
  serviceType: paid.id,
  startsAt: iso(start),
  ...charges[charge],
})

const orderAt = (start: number, charge: ChargeName) => ({
  consultant: consultant.slug,
  serviceType: paid.slug,
  start: iso(start),
  customer: { name: customer.name, email: customer.email, timeZone: 'Europe/Berlin' },
  ...charges[charge],
})

/** What stands in the database of a time: each once, or none of it. */
const remains = async (start: number) => {
  const { rows } = await client.query<Record<'sessions' | 'claims' | 'payments' | 'entries' | 'invoices', number>>(
    `WITH s AS (SELECT id FROM scheduled_sessions WHERE starts_at = $1)
     SELECT (SELECT count(*) FROM s)::int AS sessions,
       (SELECT count(*) FROM availability_slots WHERE starts_at = $1 AND status IN ('held', 'booked'))::int AS claims,
       (SELECT count(*) FROM payments WHERE scheduled_session_id IN (SELECT id FROM s))::int AS payments,
       (SELECT count(*) FROM ledger_entries WHERE scheduled_session_id IN (SELECT id FROM s))::int AS entries,
       (SELECT count(*) FROM invoices i JOIN payments p ON p.id = i.payment_id
         WHERE p.scheduled_session_id IN (SELECT id FROM s))::int AS invoices`,
    [iso(start)],
  )
  return rows[0]
}
const nothing = { sessions: 0, claims: 0, payments: 0, entries: 0, invoices: 0 }
const whole: Record<ChargeName, typeof nothing> = {
  link: { sessions: 1, claims: 1, payments: 1, entries: 0, invoices: 0 },
  elsewhere: { sessions: 1, claims: 1, payments: 1, entries: 2, invoices: 1 },
  none: { sessions: 1, claims: 1, payments: 0, entries: 0, invoices: 0 },
}

const orphans = async () => {
  const { rows } = await client.query<{ count: number }>(
    `SELECT (SELECT count(*) FROM payments p WHERE NOT EXISTS (SELECT FROM scheduled_sessions s WHERE s.payment_id = p.id))
       + (SELECT count(*) FROM availability_slots a WHERE a.status IN ('held', 'booked') AND a.scheduled_session_id IS NULL)
       AS count`,
  )
  return Number(rows[0]?.count)
}

/** Kills `run` after one step, after two, and so on until it comes through. */
const killAtEachStep = async (
  run: (start: number, attempt: number) => Promise<{ status: number; text: string }>,
  afterwards: (start: number, attempt: number) => Promise<void>,
): Promise<void> => {
  for (let steps = 1; steps <= 60; steps++) {
    const start = nextStart()
    try {
      const answer = await killedAfter(steps, () => run(start, steps))
      expect(answer.status, answer.text).toBe(201)
      return
    } catch (error) {
      if (!(error instanceof Crashed)) throw error
      await afterwards(start, steps)
      expect(await orphans()).toBe(0)
    }
  }
  throw new Error('It never came through.')
}

describe.each(chargeNames)('staff who book, charge %s, in a process that is killed at any step', (charge) => {
  it('over REST: the session is whole or not there, and asking again makes none beside it', async () => {
    const seen = { nothing: 0, whole: 0 }
    await killAtEachStep(
      (start) => staff.post('/scheduled-sessions', formAt(start, charge)),
      async (start) => {
        const left = await remains(start)
        const wasMade = left?.sessions === 1
        seen[wasMade ? 'whole' : 'nothing']++
        expect(left).toEqual(wasMade ? whole[charge] : nothing)
        const again = await staff.post('/scheduled-sessions', formAt(start, charge))
        expect(again.status, again.text).toBe(wasMade ? 409 : 201)
        if (wasMade) expect(again.json.errors[0].data).toMatchObject({ code: 'slot_taken' })
        expect(await remains(start)).toEqual(whole[charge])
      },
    )
    expect(seen.nothing).toBeGreaterThan(0)
    expect(seen.whole).toBeGreaterThan(0)
  })

  it('over the booking API: the same key gives the same session, whether or not its answer was lost', async () => {
    const keys = new Map<number, string>()
    const seen = { nothing: 0, whole: 0 }
    const post = (start: number, attempt: number) => {
      const key = keys.get(attempt) ?? randomUUID()
      keys.set(attempt, key)
      return staff.post('/booking/sessions', orderAt(start, charge), { 'Idempotency-Key': key })
    }
    await killAtEachStep(post, async (start, attempt) => {
      const left = await remains(start)
      const wasMade = left?.sessions === 1
      seen[wasMade ? 'whole' : 'nothing']++
      expect(left).toEqual(wasMade ? whole[charge] : nothing)
      const [again, oncemore] = [await post(start, attempt), await post(start, attempt)]
      expect(again.status, again.text).toBe(201)
      expect(oncemore.text).toBe(again.text)
      expect(await remains(start)).toEqual(whole[charge])
    })
    expect(seen.nothing).toBeGreaterThan(0)
    expect(seen.whole).toBeGreaterThan(0)
  })
})

describe('two web processes', () => {
  const post = async (server: WebProcess, data: object) => {
    const response = await fetch(`${server.url}/api/scheduled-sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `JWT ${await token()}` },
      body: JSON.stringify(data),
    })
    const json = (await response.json()) as { errors?: { data?: { code?: string } }[] }
    return { status: response.status, code: json.errors?.[0]?.data?.code }
  }
  let known: Promise<string> | undefined
  const token = () => (known ??= tokenFor(payload, operations))
  const server = (n: number) => servers[n % 2 === 0 ? 0 : 1]

  it.each(chargeNames)('control, charge %s: one after the other, the first gets the time', async (charge) => {
    const start = nextStart()
    const answers = []
    for (let n = 0; n < 4; n++) answers.push(await post(server(n), formAt(start, charge)))
    const taken = { status: 409, code: 'slot_taken' }
    expect(answers).toEqual([{ status: 201, code: undefined }, taken, taken, taken])
    expect(await remains(start)).toEqual(whole[charge])
  })

  it.each(chargeNames)('race, charge %s: of many who book one time at once, one gets it', async (charge) => {
    const start = nextStart()
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => post(server(n), formAt(start, charge))))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    const refused = answers.filter(({ status }) => status !== 201)
    expect(new Set(refused.map(({ status, code }) => `${status} ${String(code)}`))).toEqual(new Set(['409 slot_taken']))
    expect(await remains(start)).toEqual(whole[charge])
    expect(await orphans()).toBe(0)
  })

  it('one is killed among its bookings: each is whole or not there, and the other one makes the rest', async () => {
    const starts = Array.from({ length: 12 }, nextStart)
    const doomed = await startWebProcess({ database })
    const asked = starts.map((start) => post(doomed, formAt(start, 'elsewhere')).catch(() => undefined))
    await Promise.race(asked)
    await doomed.kill()
    const answers = await Promise.all(asked)
    // PostgreSQL ends what the dead one had open.
    const open = async () => {
      const { rows } = await client.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
      )
      expect(rows).toEqual([])
    }
    await vi.waitFor(open, { timeout: 20_000, interval: 100 })
    for (const [n, start] of starts.entries()) {
      const left = await remains(start)
      const wasMade = left?.sessions === 1
      expect(left).toEqual(wasMade ? whole.elsewhere : nothing)
      if (answers[n]?.status === 201) expect(wasMade).toBe(true)
      const again = await post(servers[0], formAt(start, 'elsewhere'))
      expect(again).toEqual(wasMade ? { status: 409, code: 'slot_taken' } : { status: 201, code: undefined })
      expect(await remains(start)).toEqual(whole.elsewhere)
    }
    expect(await orphans()).toBe(0)
  })
})
