import { sql } from '@payloadcms/db-postgres'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Notification, Refund, User } from '#payload-types'
import { connectTo } from '../../support/database'
import { expectSoundBooks } from '../../support/expect-sound-books'
import { runDueJobs } from '../../support/jobs'
import {
  bookElsewhere,
  bookPaid,
  bookUnpaid,
  createPayee,
  expectBooksToBalance,
  openPayoutWorld,
  type PaidBooking,
  type PayoutWorld,
  untilAvailable,
  work,
} from '../../support/payout-world'
import { elsewhereReference } from '../../support/pay-elsewhere'
import type { RestClient } from '../../support/rest-client'

let world: PayoutWorld
let staff: RestClient

beforeAll(async () => {
  world = await openPayoutWorld()
  ;({ staff } = world)
})

const elsewhere = async () => {
  const payee = await createPayee(world)
  return { ...payee, booking: await bookElsewhere(world, payee.consultant) }
}

const refundsOf = async ({ id }: PaidBooking): Promise<Refund[]> => {
  const where = { payment: { equals: id } }
  return (await world.payload.find({ collection: 'refunds', where, depth: 0, sort: 'createdAt' })).docs
}

const messagesOf = async ({ sessionId }: PaidBooking): Promise<Notification[]> => {
  await runDueJobs(world.payload, world.database, { only: ['follow-session', 'follow-payout'] })
  const where = { scheduledSession: { equals: sessionId } }
  return (await world.payload.find({ collection: 'notifications', where, depth: 0, limit: 50, sort: 'id' })).docs
}

const kindsOf = async (booking: PaidBooking) =>
  (await messagesOf(booking)).map(({ kind, audience }) => `${kind ?? ''}/${audience ?? ''}`)

/** What Stripe has made of one payment. */
const madeAtStripe = ({ sessionId, id }: PaidBooking) => {
  const { refunds, transfers } = world.stripe.control.tables()
  return [
    ...Object.values(refunds).filter(({ metadata }) => metadata?.paymentId === id),
    ...Object.values(transfers).filter(({ transfer_group }) => transfer_group === sessionId),
  ]
}

const returned = (refund: Refund | undefined, reference = 'Returned by transfer 4711', client = staff) =>
  client.post(`/payments/refunds/${refund?.reference ?? ''}/returned`, { reference })

const under = async (sqlText: string, ...values: string[]) =>
  (await (await connectTo(world.database)).query(sqlText, values)).rows as Record<string, unknown>[]

describe('a payment that was made elsewhere', () => {
  it('is collected, booked by whom and where, has its invoice, and lies not at Stripe', async () => {
    const { consultant, booking } = await elsewhere()
    // Beside one that does lie there.
    await bookPaid(world, consultant)
    expect(await booking.find()).toMatchObject({
      status: 'succeeded',
      paymentMethod: 'elsewhere',
      invoice: { invoiceId: expect.stringMatching(/^\d{4}-\d{6}$/) },
      stripe: { paymentIntentId: null, chargeId: null, checkoutSessionId: null },
      payout: { status: 'held', heldReason: 'paid_elsewhere', isHeldByOperations: true },
    })
    expect(await booking.ledger()).toEqual([
      ['charge_elsewhere', 10_000],
      ['platform_fee', 1_500],
    ])
    const where = { payment: { equals: booking.id }, kind: { equals: 'charge_elsewhere' } }
    const { docs } = await world.payload.find({ collection: 'ledger-entries', where, depth: 0 })
    expect(docs).toMatchObject([
      {
        stripeObjectId: booking.id,
        externalReference: elsewhereReference,
        recordedBy: world.operations.id,
        recordedByRole: 'operations',
      },
    ])
    expect(
      await under(
        'SELECT cash::int, platform::int, consultant::int, customer::int FROM parley.ledger_balances WHERE payment_id = $1',
        booking.id,
      ),
    ).toEqual([{ cash: 0, platform: -8_500, consultant: 8_500, customer: 10_000 }])
    await expectBooksToBalance(world)
  })

  it('is recorded only while nothing has begun at Stripe, and once', async () => {
    const { consultant, booking } = await elsewhere()
    const atStripe = await bookPaid(world, consultant)
    const [{ withTransaction }, { recordElsewhereCharge }] = await Promise.all([
      import('#database/transactions'),
      import('#payments/charge/record-elsewhere-charge'),
    ])
    const { reference } = await bookUnpaid(world, consultant)
    const where = { 'scheduledSession.reference': { equals: reference } }
    const { docs: waiting } = await world.payload.find({ collection: 'payments', where, depth: 0 })
    expect(waiting).toHaveLength(1)
    for (const { id: paymentId } of [booking, atStripe, ...waiting]) {
      const by = { role: 'operations' as const, id: world.operations.id }
      const again = withTransaction(world.payload, (req) =>
        recordElsewhereCharge(req, { paymentId, reference: 'x', by }),
      )
      await expect(again).rejects.toThrow('not paid elsewhere')
    }
    await expectSoundBooks(world.payload)
  })

  it('is guarded by PostgreSQL: no object of Stripe, no entry without who and where, none for another payment', async () => {
    const { consultant, booking } = await elsewhere()
    const atStripe = await bookPaid(world, consultant)
    const enter = (paymentId: string, reference: string | null, role: string | null) =>
      under(
        `INSERT INTO ledger_entries (id, kind, amount, currency, stripe_object_id, payment_id, occurred_at, external_reference,
           recorded_by_role)
         VALUES (gen_random_uuid(), 'refund_elsewhere', -1, 'GBP', 'x', $1, now(), ${reference === null ? 'NULL' : `'${reference}'`},
           ${role === null ? 'NULL' : `'${role}'`})`,
        paymentId,
      )
    await expect(enter(booking.id, null, 'operations')).rejects.toThrow('ledger_entries_elsewhere')
    await expect(enter(booking.id, '', 'operations')).rejects.toThrow('ledger_entries_elsewhere')
    await expect(enter(booking.id, 'x', null)).rejects.toThrow('ledger_entries_elsewhere')
    await expect(enter(atStripe.id, 'x', 'operations')).rejects.toThrow('was not paid elsewhere')
    await expect(under("UPDATE payments SET stripe_charge_id = 'ch_x' WHERE id = $1", booking.id)).rejects.toThrow(
      'payments_elsewhere',
    )
    await expect(under("UPDATE payments SET payment_method = 'elsewhere' WHERE id = $1", atStripe.id)).rejects.toThrow(
      'payments_elsewhere',
    )
  })

  it('has nothing to pay, and nothing to read at Stripe', async () => {
    const { booking } = await elsewhere()
    const page = await world.api.post(`/booking/sessions/${booking.session}/payment`, {}, booking.auth)
    expect(page.json, page.text).toMatchObject({ code: 'illegal_transition' })
    const read = await staff.post(`/payments/${booking.reference}/refresh`)
    expect(read.status, read.text).toBe(200)
    expect(read.json.actions).not.toContain('refresh')
    await sweepAndWork()
    expect(madeAtStripe(booking)).toEqual([])
    expect(await booking.find()).toMatchObject({ status: 'succeeded' })
  })

  it('shows staff where and by whom; its consultant and customer that it was paid', async () => {
    const { booking, user } = await elsewhere()
    const path = `/payments/${booking.reference}`
    const { json } = await staff.get(path)
    expect(json).toMatchObject({
      payment: { method: 'elsewhere' },
      elsewhere: {
        reference: elsewhereReference,
        recordedBy: { role: 'operations', name: world.operations.name },
      },
      payout: { heldReason: 'paid_elsewhere' },
    })
    const paidIn = (timeline: { title: string }[]) => timeline.find(({ title }) => title === 'Paid elsewhere')
    expect(paidIn(json.timeline)).toMatchObject({
      detail: elsewhereReference,
      by: { role: 'operations', name: world.operations.name },
      stripe: null,
    })
    for (const asked of [await (await as(user)).get(path), await world.api.get(path, booking.auth)]) {
      expect(asked.json.payment, asked.text).toMatchObject({ method: 'elsewhere' })
      expect(paidIn(asked.json.timeline)).toBeDefined()
      expect(asked.json.elsewhere).toBeNull()
      expect(asked.text).not.toContain(elsewhereReference)
      expect(asked.text).not.toContain(world.operations.name)
    }
  })

  it('counts as charged in the statement and in the overview, which says how much of it never came to Stripe', async () => {
    const { consultant } = await createPayee(world)
    await bookPaid(world, consultant)
    const month = new Date().toISOString().slice(0, 7)
    const statement = async () =>
      (await staff.get(`/payments/statements/${consultant.slug}/${month}`)).json.statements[0]?.totals
    const overview = async () => {
      const [{ readMoneyOverview }, { localRequest }] = await Promise.all([
        import('#payments/ledger/read-money-overview'),
        import('#database/local-request'),
      ])
      const day = Math.floor(Date.now() / 86_400_000) * 86_400_000
      const period = { from: day, until: day + 86_400_000 }
      const { currencies } = await readMoneyOverview(await localRequest(world.payload), period)
      const { moved, collectedElsewhere } = currencies.find(({ currency }) => currency === 'GBP') ?? {}
      return { moved, collectedElsewhere }
    }
    const before = await overview()
    await bookElsewhere(world, consultant)
    expect(await statement()).toMatchObject({
      gross: { amount: 20_000 },
      fee: { amount: -3_000 },
      share: { amount: 17_000 },
    })
    const after = await overview()
    expect(after.moved?.collected).toBe((before.moved?.collected ?? 0) + 10_000)
    expect(after.collectedElsewhere).toBe((before.collectedElsewhere ?? 0) + 10_000)
  })

  it('is confirmed to the customer like any other', async () => {
    const { booking } = await elsewhere()
    const kinds = await kindsOf(booking)
    expect(kinds).toContain('booking_confirmation/customer')
    expect(kinds).toContain('payment_received/customer')
    expect(kinds).not.toContain('payout_held/consultant')
  })
})

describe('a refund of what was paid elsewhere', () => {
  it('by policy waits for a person: operations are told, Stripe is not asked, and nothing is stuck', async () => {
    const { booking } = await elsewhere()
    await booking.cancel()
    const [refund] = await refundsOf(booking)
    expect(refund).toMatchObject({ status: 'requested', amount: 10_000 })
    await sweepAndWork()
    expect(madeAtStripe(booking)).toEqual([])
    expect(await refundsOf(booking)).toMatchObject([{ status: 'requested', askedAt: null, failureReason: null }])
    const { carryOutRefund } = await import('#payments/refund/carry-out-refund')
    await carryOutRefund(world.payload, refund?.id ?? '')
    expect(await refundsOf(booking)).toMatchObject([{ status: 'requested', askedAt: null }])
    await under("UPDATE refunds SET updated_at = now() - interval '2 days' WHERE id = $1", refund?.id ?? '')
    const { sweep } = await import('#worker/sweep')
    await sweep(world.payload)
    expect(
      await under('SELECT FROM graphile_worker._private_jobs WHERE key = $1', `sweep:run-refund:${refund?.id ?? ''}`),
    ).toEqual([])
    expect(
      await under("SELECT waits_for FROM parley.money_under_way WHERE payment_id = $1 AND what = 'refund'", booking.id),
    ).toEqual([{ waits_for: 'operations' }])
    await expectSoundBooks(world.payload)
    const messages = await messagesOf(booking)
    const toOperations = messages.filter(({ kind }) => kind === 'refund_to_return')
    expect(toOperations.map(({ audience }) => audience)).toEqual(['operations'])
    const toCustomer = messages.find(({ kind }) => kind === 'booking_cancelled')
    expect(toCustomer?.metadata).toMatchObject({ data: { refund: { amount: 10_000, isElsewhere: true } } })
    expect(messages.map(({ kind }) => kind)).not.toContain('refund_processed')
  })

  it('is returned by staff with a reference, once, in the books, the documents and the mails', async () => {
    const { booking } = await elsewhere()
    await booking.cancel()
    const [refund] = await refundsOf(booking)
    const view = await staff.get(`/payments/${booking.reference}`)
    expect(view.json.refunds).toMatchObject([{ actions: ['returned', 'cancel'] }])
    const done = await returned(refund)
    expect(done.status, done.text).toBe(200)
    expect(done.json.refund).toMatchObject({ status: 'succeeded', refundedAt: expect.any(String) })
    expect(await booking.ledger()).toEqual([
      ['charge_elsewhere', 10_000],
      ['platform_fee', 1_500],
      ['refund_elsewhere', -10_000],
      ['platform_fee_refund', -1_500],
    ])
    const where = { refund: { equals: refund?.id }, kind: { equals: 'refund_elsewhere' } }
    const { docs } = await world.payload.find({ collection: 'ledger-entries', where, depth: 0 })
    expect(docs).toMatchObject([
      { stripeObjectId: refund?.id, externalReference: 'Returned by transfer 4711', recordedBy: world.operations.id },
    ])
    expect(await booking.find()).toMatchObject({
      status: 'refunded',
      refundedAmount: 10_000,
      payout: { status: 'held' },
    })
    // The same again is no news; another reference is.
    expect((await returned(refund)).json.refund).toMatchObject({ status: 'succeeded' })
    expect((await returned(refund, 'Something else')).json).toMatchObject({ code: 'illegal_transition' })
    const cancelled = await staff.post(`/payments/refunds/${refund?.reference ?? ''}/cancel`)
    expect(cancelled.json).toMatchObject({ code: 'illegal_transition' })
    expect((await booking.ledger()).length).toBe(4)
    await work(world)
    expect(await booking.find()).toMatchObject({ payout: { status: 'not_due' } })
    expect(await kindsOf(booking)).toContain('refund_processed/customer')
    const { json } = await staff.get(`/payments/${booking.reference}`)
    expect(json.timeline.find(({ title }: { title: string }) => title === 'Refund returned elsewhere')).toMatchObject({
      detail: 'Returned by transfer 4711',
      by: { role: 'operations', name: world.operations.name },
    })
    const seen = await world.api.get(`/payments/${booking.reference}`, booking.auth)
    expect(seen.text).not.toContain('4711')
    await expectBooksToBalance(world)
    await expectSoundBooks(world.payload, { settled: true })
  })

  it('of a part by operations works alike, and parts add up', async () => {
    const { booking } = await elsewhere()
    await booking.complete()
    for (const amount of [3_333, 6_667]) {
      const asked = await staff.post(`/payments/${booking.reference}/refunds`, { amount, reason: 'The sound was bad.' })
      expect(asked.json.refund, asked.text).toMatchObject({ status: 'requested', amount: { amount } })
      await work(world)
      expect((await returned((await refundsOf(booking)).at(-1))).status).toBe(200)
      await work(world)
      await expectSoundBooks(world.payload)
    }
    const sums = new Map<unknown, number>()
    for (const [kind, amount] of await booking.ledger()) sums.set(kind, (sums.get(kind) ?? 0) + Number(amount))
    expect(Object.fromEntries(sums)).toEqual({
      charge_elsewhere: 10_000,
      platform_fee: 1_500,
      refund_elsewhere: -10_000,
      platform_fee_refund: -1_500,
    })
    expect(await booking.find()).toMatchObject({ status: 'refunded', payout: { status: 'not_due' } })
  })

  it('can be cancelled until it is returned, and its payout waits as before', async () => {
    const { booking } = await elsewhere()
    await booking.complete()
    await booking.refund(10_000)
    await work(world)
    const [refund] = await refundsOf(booking)
    const cancelled = await staff.post(`/payments/refunds/${refund?.reference ?? ''}/cancel`)
    expect(cancelled.json.refund, cancelled.text).toMatchObject({ status: 'cancelled' })
    expect((await returned(refund)).json).toMatchObject({ code: 'illegal_transition' })
    await sweepAndWork()
    expect(await booking.find()).toMatchObject({
      status: 'succeeded',
      payout: { status: 'held', heldReason: 'paid_elsewhere' },
    })
    expect(await kindsOf(booking)).not.toContain('refund_to_return/operations')
    await expectSoundBooks(world.payload, { settled: true })
  })

  it('returned and cancelled at once is one of the two', async () => {
    const { booking } = await elsewhere()
    await booking.complete()
    await booking.refund(1_000)
    const [refund] = await refundsOf(booking)
    const answers = await Promise.all([
      returned(refund),
      staff.post(`/payments/refunds/${refund?.reference ?? ''}/cancel`),
      returned(refund),
    ])
    const [first, cancelled, second] = answers.map(({ status }) => status)
    expect([first, second]).toEqual(cancelled === 200 ? [409, 409] : [200, 200])
    const booked = (await booking.ledger()).filter(([kind]) => kind === 'refund_elsewhere')
    expect(booked).toHaveLength(cancelled === 200 ? 0 : 1)
    await expectSoundBooks(world.payload)
  })

  it('is recorded by staff alone, with a reference, and not of what Stripe returns', async () => {
    const { consultant, user, booking } = await elsewhere()
    await booking.refund(1_000)
    const [refund] = await refundsOf(booking)
    expect((await returned(refund, 'x', await as(user))).json).toMatchObject({ code: 'not_found' })
    expect((await returned(refund, 'x', world.api)).status).toBe(404)
    const url = `/payments/refunds/${refund?.reference ?? ''}/returned`
    expect((await world.api.post(url, { reference: 'x' }, booking.auth)).status).toBe(404)
    for (const body of [
      {},
      { reference: '' },
      { reference: ' ' },
      { reference: 'a\nb' },
      { reference: 'x'.repeat(201) },
    ]) {
      expect((await staff.post(url, body)).json, JSON.stringify(body)).toMatchObject({ code: 'invalid_request' })
    }
    expect((await staff.post('/payments/refunds/RF-22222222/returned', { reference: 'x' })).json).toMatchObject({
      code: 'not_found',
    })
    const atStripe = await bookPaid(world, consultant)
    await atStripe.refund(1_000)
    const [theirs] = await refundsOf(atStripe)
    expect((await returned(theirs)).json).toMatchObject({ code: 'illegal_transition' })
    expect(await refundsOf(booking)).toMatchObject([{ status: 'requested' }])
    expect(await refundsOf(atStripe)).toMatchObject([{ status: 'requested' }])
  })
})

describe('the comparison with Stripe', () => {
  it('finds nothing wrong with what never came there', async () => {
    const { booking } = await elsewhere()
    await booking.cancel()
    await returned((await refundsOf(booking))[0])
    const started = await staff.post('/payments/reconciliations')
    expect(started.status, started.text).toBeLessThan(300)
    await runDueJobs(world.payload, world.database, { only: ['reconcile'] })
    expect(
      await under(
        'SELECT kind, detail FROM reconciliation_findings WHERE payment_id = $1 OR object_id = $1::text',
        booking.id,
      ),
    ).toEqual([])
  })
})

/** The last of this file: with the clock of Stripe ahead of ours, it makes no pages to pay on any more. */
describe('the payout of what was paid elsewhere', () => {
  const bookings: PaidBooking[] = []
  const next = (): PaidBooking => {
    const booking = bookings.pop()
    if (!booking) throw new Error('Book one more.')
    return booking
  }

  beforeAll(async () => {
    for (let count = 0; count < 3; count++) bookings.push((await elsewhere()).booking)
    // Where it lies that is paid out.
    await bookPaid(world, (await createPayee(world)).consultant, { amount: 100_000 })
    world.stripe.control.advanceClock(untilAvailable)
  })

  it('waits however late it is, and goes out of the balance after operations released it', async () => {
    const booking = next()
    const url = `/payments/${booking.reference}/payout`
    expect((await staff.get(url)).json).toMatchObject({
      status: 'held',
      next: { action: 'hold', reason: 'Paid elsewhere: paid out only when operations release it.' },
    })
    await booking.complete()
    await sweepAndWork()
    await booking.settle()
    expect(await booking.moves()).toEqual([])
    expect(await booking.find()).toMatchObject({ payout: { status: 'held', heldReason: 'paid_elsewhere' } })
    await expectSoundBooks(world.payload)
    expect((await staff.post(`${url}/release`)).json).toMatchObject({ status: 'due', next: { action: 'transfer' } })
    await work(world)
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
    expect(await booking.find()).toMatchObject({ payout: { status: 'paid', heldReason: null, paidAmount: 8_500 } })
    const made = Object.values(world.stripe.control.tables().transfers).find(
      ({ transfer_group }) => transfer_group === booking.sessionId,
    )
    expect(made).toMatchObject({ amount: 8_500, source_transaction: null })
    await expectBooksToBalance(world)
  })

  it('released before it is due goes out when it is', async () => {
    const booking = next()
    const released = await staff.post(`/payments/${booking.reference}/payout/release`)
    expect(released.json, released.text).toMatchObject({ status: 'not_due', isHeldByOperations: false })
    await work(world)
    expect(await booking.moves()).toEqual([])
    await booking.complete()
    await work(world)
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
  })

  it('is taken back by a refund that was returned elsewhere', async () => {
    const booking = next()
    await booking.complete()
    await staff.post(`/payments/${booking.reference}/payout/release`)
    await work(world)
    await booking.refund(4_000)
    await work(world)
    expect(await booking.moves()).toEqual([['transfer', 'succeeded', 8_500]])
    const done = await returned((await refundsOf(booking))[0])
    expect(done.status, done.text).toBe(200)
    await work(world)
    expect(await booking.moves()).toEqual([
      ['transfer', 'succeeded', 8_500],
      ['reversal', 'succeeded', 3_400],
    ])
    await expectBooksToBalance(world)
  })
})

const as = (user: User): Promise<RestClient> => world.api.as(user)

/** What the worker does every minute, as if nothing had been touched for hours. */
const sweepAndWork = async (): Promise<void> => {
  const [{ sweep }, { poolDb }] = await Promise.all([import('#worker/sweep'), import('#database/transactions')])
  await poolDb(world.payload).execute(sql`UPDATE payments SET updated_at = now() - interval '3 hours'`)
  await sweep(world.payload)
  await work(world, ['settle-payment', 'run-refund', 'settle-payout', 'look-up-stripe-fee', 'close-refunded-session'])
}
