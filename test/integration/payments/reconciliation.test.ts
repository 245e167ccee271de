import type pg from 'pg'
import type { Payload } from 'payload'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { connectTo, type TestDatabase } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from '../../support/fixtures'
import { runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { openStripeSandbox } from '../../support/stripe-sandbox'

let payload: Payload
let database: TestDatabase
let api: RestClient
let stripe: StripeSandbox
let client: pg.Client
let consultant: ConsultantProfile
let service: ServiceType
let staff: RestClient
let hour = 0

beforeAll(async () => {
  const sandbox = await openStripeSandbox()
  stripe = sandbox.stripe
  ;({ payload, database } = await openTestPayload(sandbox.env))
  client = await connectTo(database)
  api = await createRestClient(payload)
  staff = await api.as(await createUser(payload, ['operations']))
  consultant = (await createConsultant(payload)).profile
  service = await createServiceType(payload, [consultant], {
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 10_001, currency: 'EUR' }],
  })
})

afterEach(() => {
  stripe.control.clearFaults()
  return expectSoundBooks(payload)
})

const work = () => runDueJobs(payload, database, { only: ['settle-payment', 'run-refund', 'reconcile'] })

/** Books a session and pays for it, and nothing here hears of that. */
const payUnheard = async () => {
  const answer = await api.post('/booking/sessions', {
    consultant: consultant.slug,
    serviceType: service.slug,
    start: iso(hourIn(6, hour++)),
    customer: guest(),
  })
  expect(answer.status, answer.text).toBe(201)
  const checkoutId = new URL(answer.json.payment.checkoutUrl).pathname.split('/').pop() ?? ''
  stripe.control.payCheckout(checkoutId)
  const intentId = stripe.control.tables().checkout_sessions[checkoutId]?.payment_intent ?? ''
  const chargeId = stripe.control.tables().payment_intents[intentId]?.latest_charge ?? ''
  const auth = { Authorization: `Bearer ${answer.json.manageToken}` }
  const url = `/booking/sessions/${answer.json.session.reference}`
  const read = async () => (await api.get(url, auth)).json
  return { url, auth, read, checkoutId, intentId, chargeId }
}

const payHeard = async () => {
  const booking = await payUnheard()
  await api.post(`${booking.url}/payment/refresh`, {}, booking.auth)
  return booking
}

type Run = {
  id: string
  status: string
  checked: number
  healed: number
  open: number
  error: string | null
  cursor: string | null
}

const runOf = async (id: string): Promise<Run> =>
  (
    await client.query<Run>(
      `SELECT id, status, checked_count::int AS checked, healed_count::int AS healed, open_count::int AS open, error, cursor
       FROM reconciliation_runs WHERE id = $1`,
      [id],
    )
  ).rows[0] as Run

const start = async (): Promise<string> => {
  const answer = await staff.post('/payments/reconciliations')
  expect(answer.status, answer.text).toBe(202)
  return answer.json.run.id
}

const reconcile = async (): Promise<Run> => {
  const id = await start()
  await work()
  return runOf(id)
}

const findings = async (status = 'open') =>
  (
    await client.query(
      `SELECT kind, object_id, ours::int, theirs::int, currency, detail FROM reconciliation_findings WHERE status = $1 ORDER BY kind`,
      [status],
    )
  ).rows

/** Every row of every table, but for the runs and the queue. */
const everything = async (): Promise<Record<string, unknown>> => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'parley') AND table_name NOT IN ('reconciliation_runs')`,
  )
  const all: Record<string, unknown> = {}
  for (const { name } of rows) {
    all[name] = (
      await client.query(`SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS rows FROM ${name} t`)
    ).rows
  }
  return all
}

/** Changes the ledger as nobody can. */
const tamper = async (statement: string, values: unknown[] = []) => {
  await client.query('BEGIN')
  await client.query('SET LOCAL session_replication_role = replica')
  await client.query(statement, values)
  await client.query('COMMIT')
}

describe('the books and Stripe', () => {
  it('agree again after a payment and a refund of which nothing was heard; a second run changes nothing', async () => {
    const unheard = await payUnheard()
    const refunded = await payHeard()
    const cancelled = await payHeard()
    stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/refunds', times: 3 })
    await api.post(`${cancelled.url}/cancel`, {}, cancelled.auth)
    await runDueJobs(payload, database, { only: ['run-refund'] })
    expect((await unheard.read()).session.status).toBe('pending_payment')

    const run = await reconcile()
    expect(run).toMatchObject({ status: 'finished', healed: 2, open: 0, error: null })
    expect(run.checked).toBeGreaterThanOrEqual(4)
    expect((await unheard.read()).session.status).toBe('scheduled')
    expect((await cancelled.read()).payment).toMatchObject({ status: 'refunded' })
    expect((await refunded.read()).payment).toMatchObject({ status: 'succeeded' })

    const before = await everything()
    expect(await reconcile()).toMatchObject({ status: 'finished', healed: 0, open: 0 })
    expect(await everything()).toEqual(before)
  })

  it('agree about a refund that came to its end long ago without our hearing of it', async () => {
    const booking = await payHeard()
    stripe.control.nextRefund('stay_pending')
    await api.post(`${booking.url}/cancel`, {}, booking.auth)
    await work()
    const [refund] = Object.values(stripe.control.tables().refunds).filter(({ charge }) => charge === booking.chargeId)
    stripe.control.settleRefund(refund?.id ?? '')
    await client.query(`UPDATE refunds SET updated_at = now() - interval '2 hours' WHERE stripe_refund_id = $1`, [
      refund?.id,
    ])
    expect(await reconcile()).toMatchObject({ status: 'finished', open: 0 })
    expect((await booking.read()).payment).toMatchObject({ status: 'refunded' })
  })

  it('that differ in an amount are listed, never matched by it, and never made equal', async () => {
    const { chargeId } = await payHeard()
    await tamper('UPDATE ledger_entries SET amount = 10000 WHERE stripe_object_id = $1 AND kind = $2', [
      chargeId,
      'charge',
    ])
    expect(await reconcile()).toMatchObject({ status: 'finished', healed: 0 })
    expect(await findings()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'amount_differs',
          object_id: chargeId,
          ours: 10_000,
          theirs: 10_001,
          currency: 'EUR',
        }),
        expect.objectContaining({ kind: 'books_disagree', object_id: expect.stringContaining('charge_differs:') }),
      ]),
    )
    await tamper('UPDATE ledger_entries SET amount = 10001 WHERE stripe_object_id = $1 AND kind = $2', [
      chargeId,
      'charge',
    ])
    expect(await reconcile()).toMatchObject({ status: 'finished', open: 0 })
    expect(await findings('resolved')).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'amount_differs', object_id: chargeId })]),
    )
  })

  it('that differ in a currency are listed', async () => {
    const { chargeId } = await payHeard()
    await tamper(`UPDATE ledger_entries SET currency = 'USD' WHERE stripe_object_id = $1`, [chargeId])
    await reconcile()
    expect(await findings()).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'currency_differs', object_id: chargeId })]),
    )
    await tamper(`UPDATE ledger_entries SET currency = 'EUR' WHERE stripe_object_id = $1`, [chargeId])
    expect(await reconcile()).toMatchObject({ open: 0 })
  })

  it('that differ in an entry which no handler brings back are listed as missing here', async () => {
    const { chargeId } = await payHeard()
    const { rows } = await client.query(
      `SELECT * FROM ledger_entries WHERE stripe_object_id = $1 AND kind = 'charge'`,
      [chargeId],
    )
    await tamper(`DELETE FROM ledger_entries WHERE id = $1`, [rows[0].id])
    await reconcile()
    expect(await findings()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'missing_here', object_id: chargeId, ours: null, theirs: 10_001 }),
      ]),
    )
    await tamper(`INSERT INTO ledger_entries SELECT (jsonb_populate_record(NULL::ledger_entries, $1)).*`, [
      JSON.stringify(rows[0]),
    ])
    expect(await reconcile()).toMatchObject({ open: 0 })
  })

  it('that Stripe does not know are listed as missing there', async () => {
    const { chargeId } = await payHeard()
    await tamper(`UPDATE ledger_entries SET stripe_object_id = 'ch_nowhere' WHERE stripe_object_id = $1`, [chargeId])
    await reconcile()
    expect(await findings()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'missing_at_stripe', object_id: 'ch_nowhere', ours: 10_001, theirs: null }),
        expect.objectContaining({ kind: 'missing_here', object_id: chargeId }),
      ]),
    )
    await tamper(`UPDATE ledger_entries SET stripe_object_id = $1 WHERE stripe_object_id = 'ch_nowhere'`, [chargeId])
    expect(await reconcile()).toMatchObject({ open: 0 })
  })

  it('do not differ because of money that belongs to nothing of ours but is listed', async () => {
    const { chargeId } = await payHeard()
    const charge = stripe.control.tables().charges[chargeId]
    const own = charge?.metadata ?? {}
    const intent = stripe.control.tables().payment_intents[String(charge?.payment_intent)]
    if (!charge || !intent) throw new Error('The sandbox has lost a charge.')
    // A sale of somebody else on the same Stripe account.
    await tamper(
      `UPDATE ledger_entries SET stripe_object_id = 'ch_elsewhere', occurred_at = now() - interval '9 days'
      WHERE stripe_object_id = $1`,
      [chargeId],
    )
    await tamper(
      `UPDATE payments SET stripe_charge_id = NULL, stripe_payment_intent_id = NULL WHERE stripe_charge_id = $1`,
      [chargeId],
    )
    charge.metadata = {}
    const checkout = Object.values(stripe.control.tables().checkout_sessions).find(
      ({ payment_intent: id }) => id === intent.id,
    )
    const named = checkout?.payment_intent ?? null
    if (checkout) checkout.payment_intent = null
    await reconcile()
    expect(await findings()).toEqual([expect.objectContaining({ kind: 'unknown_object', object_id: chargeId })])
    charge.metadata = own
    if (checkout) checkout.payment_intent = named
    await tamper(`UPDATE payments SET stripe_charge_id = $1, stripe_payment_intent_id = $2 WHERE id::text = $3`, [
      chargeId,
      intent.id,
      own.paymentId,
    ])
    await tamper(
      `UPDATE ledger_entries SET stripe_object_id = $1, occurred_at = now() WHERE stripe_object_id = 'ch_elsewhere'`,
      [chargeId],
    )
    expect(await reconcile()).toMatchObject({ open: 0 })
  })
})

describe('a run', () => {
  it('is one at a time', async () => {
    const first = await start()
    expect(await start()).toBe(first)
    await work()
    expect(await start()).not.toBe(first)
    await work()
  })

  it('fails when Stripe is down, and the next one covers its time', async () => {
    const booking = await payUnheard()
    stripe.control.failNext({ kind: 'disconnect', method: 'GET', path: '/v1/balance_transactions', times: 3 })
    expect(await reconcile()).toMatchObject({ status: 'failed', error: expect.stringContaining('ProviderError') })
    expect((await booking.read()).session.status).toBe('pending_payment')
    expect(await reconcile()).toMatchObject({ status: 'finished', healed: 1 })
    expect((await booking.read()).session.status).toBe('scheduled')
  })

  it('goes on where its worker was killed', async () => {
    const booking = await payUnheard()
    const newest = Object.values(stripe.control.tables().balance_transactions).at(-1)
    const id = await start()
    // As if all but the newest entry had been looked at, and the worker then gone.
    await client.query('UPDATE reconciliation_runs SET cursor = $2, checked_count = 1 WHERE id = $1', [id, newest?.id])
    await work()
    const run = await runOf(id)
    expect(run).toMatchObject({ status: 'finished', healed: 0, cursor: expect.any(String) })
    expect(run.checked).toBe(Object.keys(stripe.control.tables().balance_transactions).length)
    expect((await booking.read()).session.status).toBe('pending_payment')
    expect(await reconcile()).toMatchObject({ healed: 1 })
  })

  it('that was abandoned is taken up by the nightly one, and by the sweep', async () => {
    const { reconcile: nightly } = await import('#checkout/reconciliation/reconcile')
    const id = await start()
    await client.query(`DELETE FROM graphile_worker._private_jobs WHERE key = $1`, [`reconcile:${id}`])
    await nightly(payload, undefined)
    expect(await runOf(id)).toMatchObject({ status: 'finished' })

    const second = await start()
    await client.query(`DELETE FROM graphile_worker._private_jobs WHERE key = $1`, [`reconcile:${second}`])
    await client.query(`UPDATE reconciliation_runs SET updated_at = now() - interval '11 minutes' WHERE id = $1`, [
      second,
    ])
    const { sweep } = await import('#worker/sweep')
    await sweep(payload)
    await work()
    expect(await runOf(second)).toMatchObject({ status: 'finished' })
  })

  it('by night tells operations of what differs, once', async () => {
    const { reconcile: nightly } = await import('#checkout/reconciliation/reconcile')
    const { chargeId } = await payHeard()
    await tamper('UPDATE ledger_entries SET amount = 10000 WHERE stripe_object_id = $1 AND kind = $2', [
      chargeId,
      'charge',
    ])
    await nightly(payload, undefined)
    await nightly(payload, undefined)
    await tamper('UPDATE ledger_entries SET amount = 10001 WHERE stripe_object_id = $1 AND kind = $2', [
      chargeId,
      'charge',
    ])
    const { rows } = await client.query(
      `SELECT title, message, action_url FROM notifications WHERE kind = 'books_differ'`,
    )
    expect(rows).toEqual([
      {
        title: 'The books and Stripe differ',
        message: expect.stringContaining('open: 3'),
        action_url: expect.stringContaining('/admin/collections/reconciliation-findings'),
      },
    ])
    expect(await reconcile()).toMatchObject({ open: 0 })
  })

  it('is started by staff alone', async () => {
    expect((await api.post('/payments/reconciliations')).json).toMatchObject({ status: 401, code: 'unauthenticated' })
    const customer = await api.as(await createUser(payload, ['customer']))
    expect((await customer.post('/payments/reconciliations')).json).toMatchObject({ status: 403, code: 'forbidden' })
    const { rows } = await client.query(
      `SELECT count(*)::int AS running FROM reconciliation_runs WHERE status = 'running'`,
    )
    expect(rows).toEqual([{ running: 0 }])
  })

  it('is written down whole, and so is what it found and settled', async () => {
    const { chargeId } = await payHeard()
    const byCharge = [chargeId, 'charge']
    await tamper('UPDATE ledger_entries SET amount = 10000 WHERE stripe_object_id = $1 AND kind = $2', byCharge)
    const { id } = await reconcile()
    const run = await payload.findByID({ collection: 'reconciliation-runs', id, depth: 0 })
    const text: unknown = expect.any(String)
    expect(run).toMatchObject({
      status: 'finished',
      trigger: 'operations',
      requestedBy: text,
      startedAt: text,
      finishedAt: text,
      from: text,
      until: text,
      checkedCount: expect.any(Number),
      healedCount: 0,
      openCount: expect.any(Number),
    })
    const read = async () => {
      const where = { objectId: { equals: chargeId } }
      return (await payload.find({ collection: 'reconciliation-findings', where, depth: 0, limit: 1 })).docs[0]
    }
    expect(await read()).toMatchObject({
      kind: 'amount_differs',
      status: 'open',
      payment: text,
      ours: 10_000,
      theirs: 10_001,
      currency: 'EUR',
      detail: text,
      facts: { entry: 'charge' },
      run: id,
      firstSeenAt: text,
      lastSeenAt: text,
    })
    await tamper('UPDATE ledger_entries SET amount = 10001 WHERE stripe_object_id = $1 AND kind = $2', byCharge)
    await reconcile()
    expect(await read()).toMatchObject({ resolvedAt: text })
  })

  it('is read over the generated API', async () => {
    const { id } = await reconcile()
    expect((await staff.get(`/reconciliation-runs/${id}`)).json).toMatchObject({
      id,
      status: 'finished',
      trigger: 'operations',
    })
    expect((await api.get(`/reconciliation-runs/${id}`)).status).toBe(403)
  })
})

describe('the check on the command line', () => {
  it('ends well when the books add up, and with 1 and what is wrong when they do not', async () => {
    const { runCommand } = await import('../../support/run-command')
    const env = { DATABASE_URL: database.url, PAYLOAD_SECRET: 'x'.repeat(40), NODE_ENV: 'test' }
    const sound = runCommand('src/server/check-money.ts', env)
    expect(await sound.ended, sound.stderr()).toBe(0)
    expect(sound.stdout()).toMatch(/^The books add up: [1-9]\d* payments, [1-9]\d* entries\./)
    const { chargeId } = await payHeard()
    await tamper('UPDATE ledger_entries SET amount = 10000 WHERE stripe_object_id = $1 AND kind = $2', [
      chargeId,
      'charge',
    ])
    const broken = runCommand('src/server/check-money.ts', env)
    expect(await broken.ended, broken.stderr()).toBe(1)
    expect(broken.stdout()).toContain('charge_differs')
    await tamper('UPDATE ledger_entries SET amount = 10001 WHERE stripe_object_id = $1 AND kind = $2', [
      chargeId,
      'charge',
    ])
  }, 120_000)
})
