import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectTo } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { createCustomer } from '../../support/fixtures'
import { makeJobsDue } from '../../support/jobs'
import { book, deliver, openRefundWorld, type RefundWorld, sumOf, work } from '../../support/refund-world'
import { untilSomebodyWaits } from '../../support/until-somebody-waits'

let world: RefundWorld

beforeAll(async () => {
  world = await openRefundWorld()
})

afterEach(() => expectSoundBooks(world.payload))

const reason = 'The sound was bad.'

const paid = async (what: Parameters<typeof book>[1] = {}) => {
  const booking = await book(world, what)
  await booking.pay()
  return booking
}

/** As if the session were over: it was held, and ended an hour ago. */
const complete = async ({ reference, url }: Awaited<ReturnType<typeof book>>, how = 'complete', body: object = {}) => {
  const client = await connectTo(world.database)
  await client.query(
    `UPDATE scheduled_sessions SET starts_at = now() - interval '90 minutes', ends_at = now() - interval '1 hour'
     WHERE reference = $1`,
    [reference],
  )
  const done = await world.staff.post(`${url}/${how}`, body)
  expect(done.status, done.text).toBe(200)
}

describe('operations', () => {
  it('return a part with a reason, and see before what it will do', async () => {
    const booking = await paid()
    const preview = await world.staff.get(`${booking.path}/refunds/preview?amount=3333`)
    expect(preview.json, preview.text).toEqual({
      allowed: true,
      refusal: null,
      amount: { amount: 3_333, currency: 'GBP' },
      platformFee: { amount: 500, currency: 'GBP' },
      consultantShare: { amount: 2_833, currency: 'GBP' },
      payoutTakenBack: { amount: 0, currency: 'GBP' },
      left: { amount: 6_668, currency: 'GBP' },
      captureBefore: null,
    })
    const made = await world.staff.post(`${booking.path}/refunds`, { amount: 3_333, reason })
    expect(made.status, made.text).toBe(201)
    expect(made.json.refund).toMatchObject({
      status: 'requested',
      amount: preview.json.amount,
      platformFee: preview.json.platformFee,
      consultantShare: preview.json.consultantShare,
      reason,
      requestedBy: { role: 'operations' },
    })
    await work(world)
    const [refund] = await booking.refunds()
    expect(refund).toMatchObject({
      status: 'succeeded',
      platformFeeAmount: 500,
      consultantPayoutAmount: 2_833,
      requestedBy: world.operations.id,
      requestedByRole: 'operations',
    })
    expect(refund?.askedAt).toBeTruthy()
    const payment = await booking.payment()
    expect(payment).toMatchObject({ status: 'partially_refunded', refundedAmount: 3_333 })
    expect(payment.refundedAt).toBe(refund?.refundedAt)
  })

  it('get theirs carried out when nobody changes the session: whoever does gets its payment first', async () => {
    const booking = await paid()
    await world.staff.post(`${booking.path}/refunds`, { reason })
    const client = await connectTo(world.database)
    await client.query('BEGIN')
    await client.query('SELECT FROM scheduled_sessions WHERE reference = $1 FOR UPDATE', [booking.reference])
    const working = work(world)
    await untilSomebodyWaits(client)
    const { rowCount } = await client.query(
      `SELECT FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
       WHERE s.reference = $1 FOR UPDATE OF p NOWAIT`,
      [booking.reference],
    )
    expect(rowCount).toBe(1)
    await client.query('COMMIT')
    await working
    expect(await booking.payment()).toMatchObject({ status: 'refunded' })
  })

  it('give back three thirds that add up to the price and the fee exactly', async () => {
    const booking = await paid()
    for (const amount of [3_333, 3_334, 3_334]) {
      expect((await world.staff.post(`${booking.path}/refunds`, { amount, reason })).status).toBe(201)
    }
    await work(world)
    const ledger = await booking.ledger()
    expect(sumOf(ledger, 'refund')).toBe(-10_001)
    expect(sumOf(ledger, 'platform_fee')).toBe(1_500)
    expect(sumOf(ledger, 'platform_fee_refund')).toBe(-1_500)
    const refunds = await booking.refunds()
    expect(refunds.map((refund) => refund.platformFeeAmount)).toEqual([500, 500, 500])
    for (const refund of refunds) {
      expect((refund.platformFeeAmount ?? 0) + (refund.consultantPayoutAmount ?? 0)).toBe(refund.amount)
    }
    expect(await booking.payment()).toMatchObject({ status: 'refunded', refundedAmount: 10_001 })
    const again = await world.staff.post(`${booking.path}/refunds`, { reason })
    expect(again.json).toMatchObject({ status: 422, code: 'outside_policy' })
    expect(again.json.detail).toContain('Nothing is left')
  })

  it.each([
    ['GBP', 10_001, [3_333, 3_333]],
    ['EUR', 10_001, [1, 9_999]],
    ['USD', 4_999, [1_667, 1_666]],
    ['JPY', 10_001, [3_333, 3_333]],
    ['KWD', 100_010, [33_330, 33_340]],
    ['ISK', 1_000_100, [333_300, 333_400]],
  ] as const)(
    'in %s: parts, one of which fails later, and the rest add up',
    async (currency, amount, [first, second]) => {
      const booking = await paid({ amount, currency })
      await world.staff.post(`${booking.path}/refunds`, { amount: first, reason })
      await work(world)
      await world.staff.post(`${booking.path}/refunds`, { amount: second, reason })
      await work(world)
      const [gone] = await booking.refunds()
      world.stripe.control.failRefund(gone?.stripeRefundId ?? '')
      await deliver(world, event('refund.failed', gone?.stripeRefundId))
      await work(world)
      expect(await booking.payment()).toMatchObject({ status: 'partially_refunded', refundedAmount: second })
      await expectSoundBooks(world.payload)
      await world.staff.post(`${booking.path}/refunds`, { reason })
      await work(world)
      const ledger = await booking.ledger()
      const { platformFeeAmount } = await booking.payment()
      expect(sumOf(ledger, 'refund', 'refund_failed')).toBe(-amount)
      expect(sumOf(ledger, 'platform_fee_refund', 'platform_fee_refund_failed')).toBe(-platformFeeAmount)
      expect(await booking.payment()).toMatchObject({ status: 'refunded', refundedAmount: amount })
      for (const [kind, entry, entryCurrency] of ledger) expect(entryCurrency, `${kind} ${entry}`).toBe(currency)
    },
  )

  it.each([
    ['more than is left', { amount: 10_002, reason }, 'outside_policy', 'At most £100.01'],
    ['nothing', { amount: 0, reason }, 'invalid_request', 'amount'],
    ['half a penny', { amount: 0.5, reason }, 'invalid_request', 'amount'],
    ['without a reason', { amount: 1 }, 'invalid_request', 'reason'],
    ['with a blank reason', { amount: 1, reason: '  ' }, 'invalid_request', 'reason'],
    ['with an endless reason', { amount: 1, reason: 'x'.repeat(1_001) }, 'invalid_request', 'reason'],
  ])('cannot return %s', async (_what, body, code, detail) => {
    const booking = await paid()
    const refused = await world.staff.post(`${booking.path}/refunds`, body)
    expect(refused.json, refused.text).toMatchObject({ code })
    expect(refused.json.detail).toContain(detail)
    expect(await booking.refunds()).toHaveLength(0)
  })

  it('cannot return a tenth of a króna, and learn why', async () => {
    const booking = await paid({ amount: 1_000_100, currency: 'ISK' })
    const preview = await world.staff.get(`${booking.path}/refunds/preview?amount=150`)
    expect(preview.json).toMatchObject({
      allowed: false,
      refusal: { code: 'invalid_request' },
      left: { amount: 1_000_100 },
    })
    const refused = await world.staff.post(`${booking.path}/refunds`, { amount: 150, reason })
    expect(refused.json).toMatchObject({ code: 'invalid_request' })
    expect(refused.json.errors[0].message).toContain('a multiple of 100')
  })

  it('cannot return what was never collected', async () => {
    const booking = await book(world)
    expect((await world.staff.get(`${booking.path}/refunds/preview`)).json).toMatchObject({
      allowed: false,
      refusal: { message: 'A payment that is pending cannot be refunded.' },
      left: { amount: 0 },
    })
    const refused = await world.staff.post(`${booking.path}/refunds`, { reason })
    expect(refused.json).toMatchObject({ code: 'outside_policy' })
  })

  it('asked twice with one key, return once', async () => {
    const booking = await paid()
    const key = { 'Idempotency-Key': `refund-${booking.reference}` }
    const body = { amount: 100, reason }
    const [first, second] = await Promise.all([
      world.staff.post(`${booking.path}/refunds`, body, key),
      world.staff.post(`${booking.path}/refunds`, body, key),
    ])
    expect(first.text).toBe(second.text)
    expect(await booking.refunds()).toHaveLength(1)
  })
})

describe('everybody else', () => {
  it('finds no refunds to make, preview, retry or cancel', async () => {
    const booking = await paid()
    const made = await world.staff.post(`${booking.path}/refunds`, { amount: 100, reason })
    const customer = await world.api.as((await createCustomer(world.payload)).user)
    const refund = `/payments/refunds/${made.json.refund.reference}`
    for (const [name, client] of Object.entries({ guest: world.api, host: world.host, customer })) {
      for (const answer of [
        await client.post(`${booking.path}/refunds`, { amount: 100, reason }, name === 'guest' ? booking.auth : {}),
        await client.get(`${booking.path}/refunds/preview`, name === 'guest' ? booking.auth : {}),
        await client.post(`${refund}/retry`),
        await client.post(`${refund}/cancel`),
      ]) {
        expect(answer.json, `${name}: ${answer.text}`).toMatchObject({ status: 404, code: 'not_found' })
      }
    }
    expect(await booking.refunds()).toHaveLength(1)
  })
})

const event = (
  type: string,
  id: string | null | undefined,
  eventId = `evt_${Math.random().toString(36).slice(2)}`,
) => ({
  id: eventId,
  object: 'event',
  type,
  api_version: '2026-10-28.endive',
  created: Math.floor(Date.now() / 1000),
  livemode: false,
  data: { object: { id, object: 'refund' } },
})

describe('two refunds at once', () => {
  it('one after the other: what is left is what counts', async () => {
    const booking = await paid()
    const first = await world.staff.post(`${booking.path}/refunds`, { amount: 6_000, reason })
    const second = await world.staff.post(`${booking.path}/refunds`, { amount: 6_000, reason })
    expect([first.status, second.status]).toEqual([201, 422])
  })

  it('never exceed what is left', async () => {
    const booking = await paid()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => world.staff.post(`${booking.path}/refunds`, { amount: 3_000, reason })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 422, 422, 422, 422, 422])
    await work(world)
    expect(await booking.payment()).toMatchObject({ refundedAmount: 9_000 })
    expect(sumOf(await booking.ledger(), 'refund')).toBe(-9_000)
  })

  it('that are equal and meant are two', async () => {
    const booking = await paid()
    for (let n = 0; n < 2; n++) await world.staff.post(`${booking.path}/refunds`, { amount: 500, reason })
    await work(world)
    const refunds = await booking.refunds()
    expect(refunds.map(({ status }) => status)).toEqual(['succeeded', 'succeeded'])
    expect(new Set(refunds.map(({ stripeRefundId }) => stripeRefundId)).size).toBe(2)
  })
})

describe('a refund that Stripe was asked for', () => {
  it('is made once although the answer gets lost', async () => {
    const booking = await paid()
    await world.staff.post(`${booking.path}/refunds`, { amount: 700, reason })
    world.stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/refunds', times: 3 })
    await work(world)
    expect(await booking.refunds()).toMatchObject([{ status: 'requested' }])
    world.stripe.control.clearFaults()
    await makeJobsDue(world.database, 'run-refund')
    await work(world)
    expect(await booking.refunds()).toMatchObject([{ status: 'succeeded' }])
    const intent = await booking.intentId()
    const made = Object.values(world.stripe.control.tables().refunds).filter((r) => r.payment_intent === intent)
    expect(made).toHaveLength(1)
    expect(sumOf(await booking.ledger(), 'refund')).toBe(-700)
  })

  it('is recorded by its event when the worker was killed between the call and the record', async () => {
    const booking = await paid()
    await world.staff.post(`${booking.path}/refunds`, { amount: 800, reason })
    world.stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/refunds', times: 3 })
    await work(world)
    world.stripe.control.clearFaults()
    const intent = await booking.intentId()
    const made = Object.values(world.stripe.control.tables().refunds).find((r) => r.payment_intent === intent)
    await deliver(world, event('refund.created', made?.id))
    await work(world)
    expect(await booking.refunds()).toMatchObject([{ status: 'succeeded', stripeRefundId: made?.id }])
    await makeJobsDue(world.database, 'run-refund')
    await work(world)
    expect(await booking.refunds()).toHaveLength(1)
    expect(sumOf(await booking.ledger(), 'refund')).toBe(-800)
  })

  it('cannot be cancelled any more, but one that waits can', async () => {
    const booking = await paid()
    const { refund } = (await world.staff.post(`${booking.path}/refunds`, { amount: 900, reason })).json
    const cancelled = await world.staff.post(`/payments/refunds/${refund.reference}/cancel`)
    expect(cancelled.json, cancelled.text).toMatchObject({ refund: { status: 'cancelled' } })
    await work(world)
    expect(await booking.refunds()).toMatchObject([{ status: 'cancelled', stripeRefundId: null }])
    expect((await world.staff.get(`${booking.path}/refunds/preview`)).json.left.amount).toBe(0)

    const { refund: other } = (await world.staff.post(`${booking.path}/refunds`, { amount: 900, reason })).json
    world.stripe.control.failNext({ kind: 'lose', method: 'POST', path: '/v1/refunds', times: 3 })
    await work(world)
    world.stripe.control.clearFaults()
    const refused = await world.staff.post(`/payments/refunds/${other.reference}/cancel`)
    expect(refused.json).toMatchObject({ code: 'illegal_transition' })
    expect(refused.json.detail).toContain('with Stripe already')
    await makeJobsDue(world.database, 'run-refund')
    await work(world)
    const twice = await world.staff.post(`/payments/refunds/${other.reference}/cancel`)
    expect(twice.json).toMatchObject({ code: 'illegal_transition' })
  })

  it('is put back in the books when it fails later, operations are told, and it can be tried again once', async () => {
    const booking = await paid()
    const { refund } = (await world.staff.post(`${booking.path}/refunds`, { reason })).json
    await work(world)
    expect(await booking.payment()).toMatchObject({ status: 'refunded', refundedAmount: 10_001 })
    const [row] = await booking.refunds()
    world.stripe.control.failRefund(row?.stripeRefundId ?? '')
    const failed = event('refund.failed', row?.stripeRefundId)
    await Promise.all([deliver(world, failed), deliver(world, failed)])
    await work(world)
    const payment = await booking.payment()
    expect(payment).toMatchObject({ status: 'succeeded', refundedAmount: 0 })
    expect(payment.refundedAt).toBeNull()
    const ledger = await booking.ledger()
    expect(sumOf(ledger, 'refund', 'refund_failed')).toBe(0)
    expect(sumOf(ledger, 'platform_fee_refund', 'platform_fee_refund_failed')).toBe(0)
    expect(await waitingFollowUps(row?.id)).toEqual(['refund-failed', 'refunded'])

    const retried = await world.staff.post(`/payments/refunds/${refund.reference}/retry`)
    expect(retried.status, retried.text).toBe(201)
    expect(retried.json.refund).toMatchObject({ status: 'requested', amount: { amount: 10_001 }, reason })
    expect(retried.json.refund.reference).not.toBe(refund.reference)
    expect((await booking.refunds()).at(-1)).toMatchObject({ retryOf: row?.id })
    const again = await world.staff.post(`/payments/refunds/${refund.reference}/retry`)
    expect(again.json).toMatchObject({ code: 'illegal_transition' })
    expect(again.json.detail).toContain(retried.json.refund.reference)
    await work(world)
    expect(await booking.payment()).toMatchObject({ status: 'refunded' })
    const notFailed = await world.staff.post(`/payments/refunds/${retried.json.refund.reference}/retry`)
    expect(notFailed.json).toMatchObject({ code: 'illegal_transition' })
  })

  it.each(['fail_at_once', 'stay_pending'] as const)(
    'and that the bank lets %s is never counted as returned',
    async (how) => {
      const booking = await paid()
      world.stripe.control.nextRefund(how)
      await world.staff.post(`${booking.path}/refunds`, { amount: 400, reason })
      await work(world)
      const expected = how === 'stay_pending' ? 'pending' : 'failed'
      expect(await booking.refunds()).toMatchObject([{ status: expected }])
      expect(await booking.payment()).toMatchObject({ status: 'succeeded', refundedAmount: 0, refundedAt: null })
      expect(sumOf(await booking.ledger(), 'refund')).toBe(0)
      if (how === 'stay_pending') {
        const [row] = await booking.refunds()
        world.stripe.control.settleRefund(row?.stripeRefundId ?? '')
        await deliver(world, event('refund.updated', row?.stripeRefundId))
        await work(world)
        expect(await booking.payment()).toMatchObject({ status: 'partially_refunded', refundedAmount: 400 })
      }
    },
  )
})

/** The events of sessions that wait to be followed for a refund. */
const waitingFollowUps = async (refundId: string | undefined): Promise<string[]> => {
  const client = await connectTo(world.database)
  const { rows } = await client.query<{ event: string }>(
    `SELECT facts->>'event' AS event FROM parley.errands
     WHERE facts->'detail'->>'refundId' = $1 ORDER BY 1`,
    [refundId],
  )
  return rows.map(({ event: name }) => name)
}

describe('a session of which the whole price was returned', () => {
  it('is marked as refunded when operations decided it', async () => {
    const booking = await paid()
    await complete(booking)
    await world.staff.post(`${booking.path}/refunds`, { amount: 10_000, reason })
    await work(world)
    expect((await booking.session()).status).toBe('completed')
    await world.staff.post(`${booking.path}/refunds`, { reason })
    await work(world)
    const session = await booking.session()
    expect(session.status).toBe('refunded')
    expect(session.statusHistory?.at(-1)).toMatchObject({ from: 'completed', to: 'refunded', actorRole: 'payment' })
  })

  it('keeps its state when the policy returned it: a consultant who did not come', async () => {
    const booking = await paid()
    await complete(booking, 'no-show', { who: 'consultant' })
    await work(world)
    expect(await booking.payment()).toMatchObject({ status: 'refunded' })
    expect((await booking.session()).status).toBe('no_show_consultant')
  })

  it('that has not taken place yet stays as it is', async () => {
    const booking = await paid()
    await world.staff.post(`${booking.path}/refunds`, { reason })
    await work(world)
    expect((await booking.session()).status).toBe('scheduled')
  })
})
