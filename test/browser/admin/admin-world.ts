import type { Payload } from 'payload'
import type { ConsultantProfile, Customer, Payment, ServiceType, User } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import type { TestDatabase } from '../../support/database'
import { createConsultant, createCustomer, createServiceType, createUser } from '../../support/fixtures'
import { recordEntry, recordPaidSession } from '../../support/money-records'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { startWebProcess } from '../../support/servers'
import { openStripeSandbox } from '../../support/stripe-sandbox'

export type AdminWorld = {
  payload: Payload
  database: TestDatabase
  stripe: StripeSandbox
  url: string
  api: RestClient
  operations: User
  host: User
  consultant: ConsultantProfile
  customer: Customer
  serviceType: ServiceType
  /** Recorded past Stripe: £100.01 that was paid out, £60 whose payout is held, ¥24,000 that is not due yet. */
  payments: { paidOut: Payment; held: Payment; notDue: Payment }
}

const dayMs = 86_400_000

/** A web process with its pages, a Stripe, and a consultant with money in two currencies. */
export const openAdmin = async (): Promise<AdminWorld> => {
  const { stripe, env } = await openStripeSandbox()
  const { payload, database } = await openTestPayload(env)
  const operations = await createUser(payload, ['operations'], { name: 'Olivia Operations' })
  const { profile: consultant, user: host } = await createConsultant(payload, {
    name: 'Kenji Watanabe',
    slug: 'kenji-watanabe',
  })
  const { customer } = await createCustomer(payload)
  const serviceType = await createServiceType(payload, [consultant], {
    name: 'Quick call',
    slug: 'quick-call',
    isFree: false,
    prices: [{ durationMinutes: 30, amount: 4_999, currency: 'GBP' }],
    durations: [30],
  })
  const now = Date.now()
  const base = { consultant, customer, serviceType }
  const paidOut = await recordPaidSession(payload, {
    ...base,
    amount: 10_001,
    currency: 'GBP',
    startsAt: now - 6 * dayMs,
    paidAt: now - 8 * dayMs,
    data: { payout: { status: 'paid', paidAmount: 8_501 } },
  })
  await recordEntry(payload, paidOut.payment, {
    kind: 'transfer',
    amount: -8_501,
    at: now - 5 * dayMs,
    objectId: 'tr_1',
  })
  await payload.db.create({
    collection: 'transfers',
    data: {
      reference: 'TR-PAIDOUT1',
      kind: 'transfer',
      status: 'succeeded',
      payment: paidOut.payment.id,
      scheduledSession: paidOut.session.id,
      consultant: consultant.id,
      amount: 8_501,
      currency: 'GBP',
      stripeObjectId: 'tr_1',
      requestedAt: new Date(now - 5 * dayMs).toISOString(),
      settledAt: new Date(now - 5 * dayMs).toISOString(),
    },
  })
  const held = await recordPaidSession(payload, {
    ...base,
    amount: 6_000,
    currency: 'GBP',
    startsAt: now - 3 * dayMs,
    paidAt: now - 4 * dayMs,
    data: { payout: { status: 'held', heldReason: 'no_account', dueAt: new Date(now - dayMs).toISOString() } },
  })
  const notDue = await recordPaidSession(payload, {
    ...base,
    amount: 24_000,
    currency: 'JPY',
    startsAt: now + 2 * dayMs,
    paidAt: now - 2 * dayMs,
  })
  const [web, api] = await Promise.all([startWebProcess({ database, env, pages: true }), createRestClient(payload)])
  return {
    payload,
    database,
    stripe,
    url: web.url,
    api,
    operations,
    host,
    consultant,
    customer,
    serviceType,
    payments: { paidOut: paidOut.payment, held: held.payment, notDue: notDue.payment },
  }
}
