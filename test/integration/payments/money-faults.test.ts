import type pg from 'pg'
import type { Payload } from 'payload'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ledgerKindNames, ledgerKinds } from '#payments/ledger/ledger-kinds'
import { type MoneyFaultKind, moneyFaultKindNames } from '#payments/ledger/money-fault-kinds'
import { apportionFeeBack, currencies, currencyRules } from '#shared/money'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { connectTo, type TestDatabase } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { createConsultant, createServiceType, guest, hourIn, iso } from '../../support/fixtures'
import { runDueJobs } from '../../support/jobs'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { openStripeSandbox } from '../../support/stripe-sandbox'

let payload: Payload
let database: TestDatabase
let api: RestClient
let stripe: StripeSandbox
let client: pg.Client
/** Paid and still to be held, 100.01 EUR at 15 %. */
let kept: string
/** Paid and cancelled by operations: everything was returned. */
let returned: string

const book = async (consultant: string, serviceType: string, hour: number) => {
  const answer = await api.post('/booking/sessions', {
    consultant,
    serviceType,
    start: iso(hourIn(6, hour)),
    customer: guest(),
  })
  expect(answer.status, answer.text).toBe(201)
  stripe.control.payCheckout(new URL(answer.json.payment.checkoutUrl).pathname.split('/').pop() ?? '')
  const auth = { Authorization: `Bearer ${answer.json.manageToken}` }
  const url = `/booking/sessions/${answer.json.session.reference}`
  expect((await api.post(`${url}/payment/refresh`, {}, auth)).json.payment.status).toBe('succeeded')
  const { rows } = await client.query<{ id: string }>(
    `SELECT p.id FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id WHERE s.reference = $1`,
    [answer.json.session.reference],
  )
  return { id: rows[0]?.id ?? '', url, auth }
}

beforeAll(async () => {
  const sandbox = await openStripeSandbox()
  stripe = sandbox.stripe
  ;({ payload, database } = await openTestPayload(sandbox.env))
  client = await connectTo(database)
  api = await createRestClient(payload)
  const consultant = (await createConsultant(payload)).profile
  const service = await createServiceType(payload, [consultant], {
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 10_001, currency: 'EUR' }],
  })
  kept = (await book(consultant.slug, service.slug, 8)).id
  const cancelled = await book(consultant.slug, service.slug, 9)
  await api.post(`${cancelled.url}/cancel`, {}, cancelled.auth)
  returned = cancelled.id
  await runDueJobs(payload, database, { only: ['process-stripe-event', 'settle-payment', 'run-refund'] })
})

afterEach(async () => {
  await client.query('ROLLBACK')
  await expectSoundBooks(payload, { settled: true })
})

/** Breaks the books in a transaction that is rolled back; the triggers and foreign keys that refuse it are off meanwhile. */
const faultsAfter = async (...statements: string[]): Promise<{ code: string; passing: boolean; detail: string }[]> => {
  await client.query('BEGIN')
  await client.query('SET LOCAL session_replication_role = replica')
  for (const statement of statements)
    await client.query(statement.replaceAll(':kept', `'${kept}'`).replaceAll(':returned', `'${returned}'`))
  const { rows } = await client.query<{ code: string; passing: boolean; detail: string }>(
    'SELECT code, passing, detail FROM parley.money_faults',
  )
  return rows
}

const entry = (payment: string, kind: string, amount: number, object: string, more = '') => `
  INSERT INTO ledger_entries (id, kind, amount, currency, stripe_object_id, payment_id, scheduled_session_id, occurred_at)
  SELECT gen_random_uuid(), '${kind}', ${amount}, 'EUR', '${object}', id, scheduled_session_id, now() FROM payments
  WHERE id = ${payment} ${more}`

const transfer = (payment: string, kind: string, amount: number, object: string, more: Record<string, string> = {}) => `
  INSERT INTO transfers (id, reference, kind, status, payment_id, scheduled_session_id, consultant_id, amount, currency,
    requested_at, stripe_object_id${Object.keys(more)
      .map((name) => `, ${name}`)
      .join('')})
  SELECT ${more.id ? '' : 'gen_random_uuid(), '}'TR-${object}', '${kind}', 'succeeded', id, scheduled_session_id, consultant_id, ${amount}, 'EUR',
    now(), '${object}'${Object.values(more)
      .map((value) => `, ${value}`)
      .join('')} FROM payments WHERE id = ${payment}`

const refund = (payment: string, amount: number, status: string) => `
  INSERT INTO refunds (id, reference, payment_id, scheduled_session_id, consultant_id, customer_id, status, amount, currency, requested_at)
  SELECT gen_random_uuid(), 'RF-' || gen_random_uuid(), id, scheduled_session_id, consultant_id, customer_id, '${status}', ${amount}, 'EUR', now()
  FROM payments WHERE id = ${payment}`

const paidOut = [
  transfer(':kept', 'transfer', 8_501, 'tr_1'),
  entry(':kept', 'transfer', -8_501, 'tr_1'),
  "UPDATE payments SET payout_paid_amount = 8501, payout_status = 'paid' WHERE id = :kept",
]

const dispute = (status: string) => `
  INSERT INTO disputes (id, reference, payment_id, scheduled_session_id, consultant_id, customer_id, status, amount, currency,
    opened_at, withdrawn_amount, stripe_dispute_id)
  SELECT gen_random_uuid(), 'DP-1', id, scheduled_session_id, consultant_id, customer_id, '${status}', amount, 'EUR', now(),
    amount, 'dp_1' FROM payments WHERE id = :kept`

const without = (payment: string, kinds: string) =>
  `DELETE FROM ledger_entries WHERE payment_id = ${payment} AND kind IN (${kinds})`

describe('the books', () => {
  it('are sound after a payment and a refund, and so are they with a payout', async () => {
    expect(await faultsAfter()).toEqual([])
    expect(await faultsAfter(...paidOut)).toEqual([])
  })

  const broken: Record<MoneyFaultKind, string[]> = {
    charge_missing: [without(':kept', "'charge', 'platform_fee'")],
    charge_not_collected: ["UPDATE payments SET status = 'failed' WHERE id = :kept"],
    charge_twice: [entry(':kept', 'charge', 10_001, 'ch_other')],
    charge_differs: ["UPDATE ledger_entries SET amount = 10000 WHERE payment_id = :kept AND kind = 'charge'"],
    fee_differs: ["UPDATE ledger_entries SET amount = 1499 WHERE payment_id = :kept AND kind = 'platform_fee'"],
    refunded_too_much: [refund(':kept', 10_001, 'succeeded'), refund(':kept', 1, 'succeeded')],
    refunded_amount_differs: ['UPDATE payments SET refunded_amount = 1 WHERE id = :kept'],
    stripe_fee_differs: ['UPDATE payments SET stripe_fee_amount = stripe_fee_amount + 1 WHERE id = :kept'],
    invoice_differs: ["DELETE FROM invoices WHERE payment_id = :returned AND kind = 'credit_note'"],
    numbers_have_gaps: ['UPDATE parley.number_series SET last_number = last_number + 1'],
    fee_back_differs: [
      "UPDATE ledger_entries SET amount = amount + 1 WHERE payment_id = :returned AND kind = 'platform_fee_refund'",
    ],
    status_differs: ["UPDATE payments SET status = 'succeeded' WHERE id = :returned"],
    price_differs: [
      `UPDATE scheduled_sessions SET price_amount = 10000, price_platform_fee_amount = 0, price_consultant_payout_amount = 10000
       WHERE id = (SELECT scheduled_session_id FROM payments WHERE id = :kept)`,
    ],
    payout_fields_differ: ['UPDATE payments SET payout_paid_amount = 1 WHERE id = :kept'],
    payout_status_differs: ["UPDATE payments SET payout_status = 'paid' WHERE id = :kept"],
    payout_late: ["UPDATE payments SET payout_due_at = now() - interval '2 hours' WHERE id = :kept"],
    dispute_differs: [dispute('lost'), "UPDATE payments SET status = 'chargeback' WHERE id = :kept"],
    dispute_share_differs: [
      dispute('lost'),
      entry(':kept', 'dispute', -10_001, 'dp_1'),
      "UPDATE payments SET status = 'chargeback' WHERE id = :kept",
    ],
    debt_too_large: [...paidOut, transfer(':kept', 'receivable', 8_502, 'debt')],
    balance_differs: [...paidOut, entry(':kept', 'transfer', -1, 'tr_2'), transfer(':kept', 'transfer', 1, 'tr_2')],
    does_not_add_up: [entry(':kept', 'dispute', -10, 'dp_1'), entry(':kept', 'refund_failed', 10, 're_x')],
    unpaid: ["UPDATE payments SET status = 'cancelled' WHERE id = :kept"],
    kept_for_nothing: [
      "UPDATE scheduled_sessions SET status = 'no_show_consultant' WHERE id = (SELECT scheduled_session_id FROM payments WHERE id = :kept)",
    ],
    refund_differs: [
      "UPDATE refunds SET status = 'failed' WHERE payment_id = :returned",
      "UPDATE payments SET status = 'succeeded' WHERE id = :returned",
    ],
    currency_differs: ["UPDATE ledger_entries SET currency = 'USD' WHERE payment_id = :kept"],
    amount_differs: ["UPDATE ledger_entries SET currency = 'KWD' WHERE payment_id = :kept"],
    entry_of_nothing: ["UPDATE ledger_entries SET payment_id = NULL WHERE payment_id = :kept AND kind = 'charge'"],
    transfer_differs: [entry(':kept', 'transfer', -8_501, 'tr_1')],
    reversed_too_much: [
      ...paidOut,
      transfer(':kept', 'reversal', 8_502, 'trr_1', {
        against_id: "(SELECT id FROM transfers WHERE stripe_object_id = 'tr_1')",
      }),
    ],
    recovered_differs: [...paidOut, transfer(':kept', 'receivable', 100, 'debt', { recovered_amount: '50' })],
    netting_differs: [
      ...paidOut,
      transfer(':kept', 'receivable', 100, 'debt', { recovered_amount: '100' }),
      transfer(':returned', 'netting', 100, 'net', {
        against_id: "(SELECT id FROM transfers WHERE stripe_object_id = 'debt')",
      }),
    ],
    claims_overlap: [
      'ALTER TABLE availability_slots DROP CONSTRAINT availability_slots_no_overlap',
      `INSERT INTO availability_slots (id, consultant_id, starts_at, ends_at, occupied_from, occupied_until, status)
       SELECT gen_random_uuid(), consultant_id, starts_at, ends_at, occupied_from, occupied_until, 'blocked'
       FROM availability_slots WHERE status = 'booked'`,
    ],
    stuck: [
      `${refund(':kept', 100, 'requested')}`,
      "UPDATE refunds SET updated_at = now() - interval '2 hours' WHERE status = 'requested'",
    ],
  }

  it.each(moneyFaultKindNames)('with %s are not sound', async (kind) => {
    const found = (await faultsAfter(...broken[kind])).filter(({ code }) => code === kind)
    expect(found.length).toBeGreaterThan(0)
    expect(found.filter(({ passing }) => passing)).toEqual([])
  })
})

describe('what is under way', () => {
  it('explains a payment that is not settled, and is a fault when it takes too long', async () => {
    const session = '(SELECT scheduled_session_id FROM payments WHERE id = :kept)'
    const undecided = [
      `UPDATE scheduled_sessions SET status = 'completed', updated_at = now() WHERE id = ${session}`,
      "UPDATE payments SET status = 'authorized', updated_at = now() WHERE id = :kept",
      without(':kept', "'charge', 'platform_fee', 'stripe_fee'"),
      'UPDATE payments SET stripe_fee_amount = NULL WHERE id = :kept',
      'DELETE FROM invoices WHERE payment_id = :kept',
      "UPDATE parley.number_series SET last_number = last_number - 1 WHERE series ~ '^[0-9]'",
    ]
    expect(await faultsAfter(...undecided)).toMatchObject([{ code: 'unpaid', passing: true }])
    await client.query('ROLLBACK')
    const old = undecided.map((statement) => statement.replace('= now()', "= now() - interval '2 hours'"))
    expect((await faultsAfter(...old)).map(({ code, passing }) => [code, passing])).toEqual(
      expect.arrayContaining([['stuck', false]]),
    )
  })
})

describe('what PostgreSQL and the program both know', () => {
  it('is the same: whose balance each kind of entry moves', async () => {
    const { rows } = await client.query('SELECT * FROM parley.ledger_moves')
    expect(Object.fromEntries(rows.map(({ kind, ...moves }) => [kind, moves]))).toEqual(
      Object.fromEntries(ledgerKindNames.map((kind) => [kind, ledgerKinds[kind].moves])),
    )
  })

  it('is the same: the step of each currency', async () => {
    const { rows } = await client.query<{ code: string; step: string }>(
      'SELECT code, parley.currency_step(code) AS step FROM unnest($1::text[]) AS code',
      [Object.keys(currencies)],
    )
    expect(rows.map(({ code, step }) => [code, Number(step)])).toEqual(
      Object.keys(currencies).map((code) => [code, currencyRules(code).step]),
    )
  })

  it('is the same: how much of the fee goes back with a refund', async () => {
    for (const [amount, currency] of [
      [10_001, 'EUR'],
      [100, 'JPY'],
      [12_340, 'KWD'],
      [99_900, 'ISK'],
      [1, 'GBP'],
    ] as const) {
      const { step } = currencyRules(currency)
      const fee = Math.round((amount * 0.15) / step) * step
      for (let part = 0; part <= 10; part++) {
        const refunded = Math.round((amount * part) / 10 / step) * step
        const { rows } = await client.query<{ back: string }>('SELECT parley.fee_back_of($1, $2, $3, $4) AS back', [
          fee,
          refunded,
          amount,
          currency,
        ])
        const { platformFeeBack } = apportionFeeBack({
          amount,
          currency,
          platformFeeAmount: fee,
          refundedSoFar: 0,
          feeBackSoFar: 0,
          refundAmount: refunded,
        })
        expect(Number(rows[0]?.back), `${refunded} of ${amount} ${currency}`).toBe(platformFeeBack)
      }
    }
  })
})

describe('the balances', () => {
  it('are derived from the entries, and cash is always the platform’s and the consultant’s', async () => {
    const { rows } = await client.query('SELECT * FROM parley.ledger_balances WHERE payment_id = $1', [kept])
    expect(rows).toMatchObject([
      { currency: 'EUR', cash: '9826', platform: '1325', consultant: '8501', customer: '10001', set_off: '0' },
    ])
    const { rows: uneven } = await client.query(
      'SELECT * FROM parley.ledger_balances WHERE cash <> platform + consultant',
    )
    expect(uneven).toEqual([])
  })
})
