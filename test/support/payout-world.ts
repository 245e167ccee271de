import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import Stripe from 'stripe'
import { expect } from 'vitest'
import type { ConsultantProfile, Payment, Transfer, User } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import type { TestDatabase } from './database'
import { expectSoundBooks } from './expect-sound-books'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from './fixtures'
import { runDueJobs } from './jobs'
import { payElsewhere } from './pay-elsewhere'
import { openTestPayload } from './payload'
import { createRestClient, type RestClient } from './rest-client'
import { openStripeSandbox, webhookSecret } from './stripe-sandbox'

export type PayoutWorld = {
  payload: Payload
  database: TestDatabase
  api: RestClient
  staff: RestClient
  operations: User
  stripe: StripeSandbox
}

const hour = 3_600_000

/** The API, a database and a Stripe of this test file alone. What was earned is due at once. */
export const openPayoutWorld = async (): Promise<PayoutWorld> => {
  const { stripe, env } = await openStripeSandbox()
  const { payload, database } = await openTestPayload(env)
  await payload.updateGlobal({ slug: 'booking-settings', data: { payoutDelayHours: 0 } })
  const api = await createRestClient(payload)
  // Everything that the worker needs is loaded before the first test is timed.
  await import('#worker/tasks')
  const operations = await createUser(payload, ['operations'])
  return { payload, database, api, staff: await api.as(operations), operations, stripe }
}

const moneyTasks = [
  'process-stripe-event',
  'settle-payment',
  'run-refund',
  'close-refunded-session',
  'settle-payout',
  'answer-dispute',
]

/** Does what the worker would do now with money; what people are told waits. */
export const work = ({ payload, database }: PayoutWorld, only = moneyTasks): Promise<void> =>
  runDueJobs(payload, database, { only })

const delivered = new Set<string>()

/** Hands over what Stripe has to tell and has not yet, in this order, and lets the worker do what follows. */
export const hearFromStripe = async (
  world: PayoutWorld,
  arrange: (events: Stripe.Event[]) => Stripe.Event[] = (events) => events,
): Promise<void> => {
  const events = world.stripe.control.events().filter(({ id }) => !delivered.has(id)) as unknown as Stripe.Event[]
  for (const event of arrange(events)) {
    const body = JSON.stringify(event)
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: webhookSecret })
    const answer = await world.api.post('/stripe/webhooks', body, { 'Stripe-Signature': signature })
    expect(answer.status, answer.text).toBe(200)
    delivered.add(event.id)
  }
  await work(world)
}

/** What Stripe has told so far is nobody's business any more. */
export const forgetEvents = ({ stripe }: PayoutWorld): void => {
  for (const { id } of stripe.control.events()) delivered.add(id)
}

/** A consultant of their own with an account at Stripe, payable unless told otherwise. */
export const createPayee = async (
  world: PayoutWorld,
  { status = 'active' }: { status?: 'active' | 'restricted' | 'none' } = {},
): Promise<{ consultant: ConsultantProfile; user: User; accountId: string }> => {
  const { profile: consultant, user } = await createConsultant(world.payload)
  if (status === 'none') return { consultant, user, accountId: '' }
  const { getStripe } = await import('#payments/stripe/stripe-client')
  const { id: accountId } = await getStripe().accounts.create({
    type: 'express',
    country: 'GB',
    capabilities: { transfers: { requested: true } },
  })
  world.stripe.control.completeAccount(accountId)
  await world.payload.db.create({
    collection: 'payout-accounts',
    data: { consultant: consultant.id, stripeAccountId: accountId, status, syncedAt: new Date().toISOString() },
  })
  return { consultant, user, accountId }
}

let nextHour = 0

type Price = { amount?: number; currency?: Payment['currency'] }

/** Books a session of 30 minutes, which waits for its payment. */
export const bookUnpaid = async (
  { api, payload }: PayoutWorld,
  consultant: ConsultantProfile,
  { amount = 10_000, currency = 'GBP' }: Price = {},
) => {
  const serviceType = await createServiceType(payload, [consultant], {
    isFree: false,
    prices: [{ durationMinutes: 30, amount, currency }],
  })
  const answer = await api.post('/booking/sessions', {
    consultant: consultant.slug,
    serviceType: serviceType.slug,
    start: iso(hourIn(6 + Math.floor(nextHour / 20), nextHour++ % 20)),
    customer: guest(),
  })
  expect(answer.status, answer.text).toBe(201)
  const { session, manageToken, payment: due } = answer.json
  const reference: string = session.reference
  return {
    reference,
    auth: { Authorization: `Bearer ${String(manageToken)}` },
    checkoutId: new URL(due.checkoutUrl).pathname.split('/').pop() ?? '',
  }
}

/** Books and pays a session of 30 minutes. */
export const bookPaid = async (world: PayoutWorld, consultant: ConsultantProfile, price: Price = {}) => {
  const booked = await bookUnpaid(world, consultant, price)
  world.stripe.control.payCheckout(booked.checkoutId)
  const refreshed = await world.api.post(`/booking/sessions/${booked.reference}/payment/refresh`, {}, booked.auth)
  expect(refreshed.json.payment.status, refreshed.text).toBe('succeeded')
  return toolsOf(world, booked)
}

/** Books a session of 30 minutes of which operations say that it was paid elsewhere. */
export const bookElsewhere = async (world: PayoutWorld, consultant: ConsultantProfile, price: Price = {}) => {
  const booked = await bookUnpaid(world, consultant, price)
  await payElsewhere(world.payload, { session: booked.reference, operations: world.operations })
  return toolsOf(world, booked)
}

/** What can be done with a booking that is paid. */
const toolsOf = async (
  world: PayoutWorld,
  { reference, auth }: { reference: string; auth: { Authorization: string } },
) => {
  const { api, payload } = world
  const find = async (): Promise<Payment> => {
    const where = { 'scheduledSession.reference': { equals: reference } }
    const { docs } = await payload.find({ collection: 'payments', where, depth: 0, limit: 1 })
    if (!docs[0]) throw new Error(`Session ${reference} has no payment.`)
    return docs[0]
  }
  const { id, reference: paymentReference, stripe: objects, scheduledSession } = await find()
  const sessionId = String(scheduledSession)
  return {
    id,
    reference: paymentReference,
    session: reference,
    sessionId,
    auth,
    chargeId: objects?.chargeId ?? '',
    intentId: objects?.paymentIntentId ?? '',
    find,
    /** As if its time were over: it was held, and ended an hour ago. */
    complete: async () => {
      const { poolDb } = await import('#database/transactions')
      await poolDb(payload).execute(sql`
        UPDATE scheduled_sessions SET starts_at = now() - interval '90 minutes', ends_at = now() - interval '1 hour'
        WHERE id = ${sessionId}`)
      const done = await world.staff.post(`/booking/sessions/${reference}/complete`)
      expect(done.status, done.text).toBe(200)
    },
    cancel: async () => {
      const done = await api.post(`/booking/sessions/${reference}/cancel`, {}, auth)
      expect(done.status, done.text).toBe(200)
    },
    /** Written down as operations do; the worker carries it out. */
    refund: async (part?: number): Promise<string> => {
      const [{ requireRefund }, { withTransaction }] = await Promise.all([
        import('#payments/refund/request-refund'),
        import('#database/transactions'),
      ])
      const by = { role: 'operations' as const, id: world.operations.id }
      return withTransaction(payload, (req) =>
        requireRefund(req, { paymentId: id, amount: part, reason: 'Goodwill', by }),
      )
    },
    settle: async () => {
      const { settlePayout } = await import('#payments/payout/settle-payout')
      await settlePayout(payload, { paymentId: id })
    },
    transfers: async (): Promise<Transfer[]> => {
      const where = { payment: { equals: id } }
      const { docs } = await payload.find({ collection: 'transfers', where, depth: 0, limit: 100, sort: 'id' })
      return docs
    },
    /** `[kind, status, amount]` of each. */
    moves: async () => {
      const where = { payment: { equals: id } }
      const { docs } = await payload.find({ collection: 'transfers', where, depth: 0, limit: 100, sort: 'id' })
      return docs.map(({ kind, status, amount }) => [kind, status, amount])
    },
    ledger: async () => {
      const where = { payment: { equals: id } }
      const { docs } = await payload.find({ collection: 'ledger-entries', where, depth: 0, limit: 100, sort: 'id' })
      return docs.map(({ kind, amount }) => [kind, amount])
    },
  }
}

export type PaidBooking = Awaited<ReturnType<typeof bookPaid>>

/** A session that was held and paid out. */
export const bookPaidOut = async (...args: Parameters<typeof bookPaid>): Promise<PaidBooking> => {
  const booking = await bookPaid(...args)
  await booking.complete()
  await work(args[0])
  expect((await booking.find()).payout?.status).toBe('paid')
  return booking
}

/**
 * What lies at Stripe is what the ledger says, in each currency, and the books contradict themselves nowhere. Stripe's fees of
 * charges are left out on both sides.
 */
export const expectBooksToBalance = async ({ payload, stripe }: PayoutWorld): Promise<void> => {
  const { poolDb } = await import('#database/transactions')
  const { rows } = await poolDb(payload).execute(sql`
    SELECT lower(e.currency::text) AS currency, sum(e.amount * m.cash)::float8 AS cash
    FROM ledger_entries e JOIN parley.ledger_moves m ON m.kind = e.kind::text WHERE e.kind <> 'stripe_fee' GROUP BY 1`)
  const ours = Object.fromEntries((rows as { currency: string; cash: number }[]).map((row) => [row.currency, row.cash]))
  const theirs: Record<string, number> = {}
  for (const { currency, available, pending } of stripe.control.balances()) theirs[currency] = available + pending
  for (const { currency, fee, type } of Object.values(stripe.control.tables().balance_transactions)) {
    if (type === 'charge') theirs[currency] = (theirs[currency] ?? 0) + fee
  }
  expect(ours).toEqual(theirs)
  await expectSoundBooks(payload)
}

/** Longer than Stripe waits with what is not available yet. */
export const untilAvailable = 8 * 24 * hour
