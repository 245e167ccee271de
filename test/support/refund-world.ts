import type { Payload } from 'payload'
import Stripe from 'stripe'
import { expect } from 'vitest'
import type {
  ConsultantProfile,
  LedgerEntry,
  Payment,
  Refund,
  ScheduledSession,
  ServiceType,
  User,
} from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import type { TestDatabase } from './database'
import { createConsultant, createServiceType, createUser, guest, hourIn, iso } from './fixtures'
import { runDueJobs } from './jobs'
import { openTestPayload } from './payload'
import { createRestClient, type RestClient } from './rest-client'
import { openStripeSandbox, webhookSecret } from './stripe-sandbox'

type Currency = Payment['currency']

export type RefundWorld = {
  payload: Payload
  database: TestDatabase
  api: RestClient
  staff: RestClient
  operations: User
  host: RestClient
  consultant: ConsultantProfile
  stripe: StripeSandbox
}

/** The API, a database, a Stripe, a consultant and somebody of operations, of this test file alone. */
export const openRefundWorld = async (env: Record<string, string> = {}): Promise<RefundWorld> => {
  const sandbox = await openStripeSandbox()
  const { payload, database } = await openTestPayload({ ...sandbox.env, ...env })
  const api = await createRestClient(payload)
  const operations = await createUser(payload, ['operations'])
  const { profile: consultant, user } = await createConsultant(payload)
  return {
    payload,
    database,
    api,
    staff: await api.as(operations),
    operations,
    host: await api.as(user),
    consultant,
    stripe: sandbox.stripe,
  }
}

const moneyTasks = [
  'process-stripe-event',
  'settle-payment',
  'run-refund',
  'look-up-stripe-fee',
  'close-refunded-session',
  'expire-payment',
  'expire-confirmation',
  'expire-authorization',
]

/** Does what the worker would do now with money; messages wait. */
export const work = ({ payload, database }: RefundWorld): Promise<void> =>
  runDueJobs(payload, database, { only: moneyTasks })

/** Hands an event to our webhook, signed as Stripe signs it. */
export const deliver = ({ api }: RefundWorld, event: object) => {
  const body = JSON.stringify(event)
  const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: webhookSecret })
  return api.post('/stripe/webhooks', body, { 'Stripe-Signature': signature })
}

const serviceTypes = new Map<string, Promise<ServiceType>>()

const serviceTypeOf = (
  { payload, consultant }: RefundWorld,
  { amount, currency, requiresConfirmation }: { amount: number; currency: Currency; requiresConfirmation: boolean },
): Promise<ServiceType> => {
  const key = `${amount} ${currency} ${String(requiresConfirmation)}`
  const made =
    serviceTypes.get(key) ??
    createServiceType(payload, [consultant], {
      isFree: false,
      requiresConfirmation,
      prices: [{ durationMinutes: 30, amount, currency }],
    })
  serviceTypes.set(key, made)
  return made
}

let hour = 0

/** Books a session of 30 minutes; what can be done with it stands beside it. */
export const book = async (
  world: RefundWorld,
  {
    amount = 10_001,
    currency = 'GBP',
    requiresConfirmation = false,
    customer = guest(),
  }: { amount?: number; currency?: Currency; requiresConfirmation?: boolean; customer?: ReturnType<typeof guest> } = {},
) => {
  const { api, payload, stripe, consultant } = world
  const serviceType = await serviceTypeOf(world, { amount, currency, requiresConfirmation })
  const start = hourIn(10 + Math.floor(hour / 24), hour++ % 24)
  const body = { consultant: consultant.slug, serviceType: serviceType.slug, start: iso(start), customer }
  const booked = await api.post('/booking/sessions', body)
  expect(booked.status, booked.text).toBe(201)
  const { session, manageToken, payment: due } = booked.json
  const reference: string = session.reference
  const auth = { Authorization: `Bearer ${String(manageToken)}` }
  const url = `/booking/sessions/${reference}`
  const checkoutId = new URL(due.checkoutUrl).pathname.split('/').pop() ?? ''
  const where = { 'scheduledSession.reference': { equals: reference } }
  const findPayment = async (): Promise<Payment> => {
    const { docs } = await payload.find({ collection: 'payments', where, depth: 0, limit: 1 })
    if (!docs[0]) throw new Error(`Session ${reference} has no payment.`)
    return docs[0]
  }
  const payment = await findPayment()
  const path = `/payments/${payment.reference}`
  return {
    reference,
    manageToken: String(manageToken),
    auth,
    url,
    path,
    start,
    customer,
    checkoutId,
    serviceType,
    paymentId: payment.id,
    payment: findPayment,
    read: async () => (await api.get(url, auth)).json,
    /** Pays at Stripe without our hearing of it. */
    payAtStripe: (how: Parameters<typeof stripe.control.payCheckout>[1] = {}) =>
      stripe.control.payCheckout(checkoutId, how),
    /** Pays, and comes back from Stripe's page. */
    pay: async () => {
      stripe.control.payCheckout(checkoutId)
      const back = await api.post(`${url}/payment/refresh`, {}, auth)
      expect(back.status, back.text).toBe(200)
    },
    intentId: async () => (await findPayment()).stripe?.paymentIntentId ?? '',
    refunds: async (): Promise<Refund[]> =>
      (await payload.find({ collection: 'refunds', where, depth: 0, sort: 'createdAt', limit: 50 })).docs,
    ledger: async (): Promise<[LedgerEntry['kind'], number, string][]> => {
      const { docs } = await payload.find({
        collection: 'ledger-entries',
        where,
        depth: 0,
        sort: 'createdAt',
        limit: 50,
      })
      return docs.map(({ kind, amount, currency }) => [kind, amount, currency])
    },
    session: async (): Promise<ScheduledSession> => {
      const found = { reference: { equals: reference } }
      const { docs } = await payload.find({ collection: 'scheduled-sessions', where: found, depth: 0, limit: 1 })
      if (!docs[0]) throw new Error(`Session ${reference} does not exist.`)
      return docs[0]
    },
  }
}

export type Booking = Awaited<ReturnType<typeof book>>

/** The sum of the entries of these kinds. */
export const sumOf = (ledger: Awaited<ReturnType<Booking['ledger']>>, ...kinds: LedgerEntry['kind'][]): number =>
  ledger.reduce((sum, [kind, amount]) => (kinds.includes(kind) ? sum + amount : sum), 0)
