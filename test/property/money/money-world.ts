import pg from 'pg'
import type { Payload } from 'payload'
import Stripe from 'stripe'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import { cleanUpLater } from '../../support/clean-up'
import { plantDatabaseSteps, plantStripeSteps } from '../../support/crash'
import type { TestDatabase } from '../../support/database'
import { createConsultant, createServiceType, createUser } from '../../support/fixtures'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestClient } from '../../support/rest-client'
import { openStripeSandbox, webhookSecret } from '../../support/stripe-sandbox'

/** Prices whose 15 % and thirds do not come out even, one in each kind of currency. */
const prices = { GBP: 4_999, EUR: 10_001, USD: 7_777, JPY: 3_333, KWD: 12_350, ISK: 99_900 } as const
export type Currency = keyof typeof prices
export const currencyNames = Object.keys(prices) as Currency[]

/** A consultant with a service that is charged at once, and one that they have to confirm. */
export type Offer = {
  consultant: ConsultantProfile
  host: RestClient
  /** At Stripe, where they are paid. */
  accountId: string
  direct: ServiceType
  confirmed: ServiceType
}

export type MoneyWorld = {
  payload: Payload
  database: TestDatabase
  pool: pg.Pool
  stripe: StripeSandbox
  api: RestClient
  staff: RestClient
  operations: User
  offers: Record<Currency, Offer>
  /** Hands an event of the sandbox in, as Stripe would. */
  deliver: (event: object) => Promise<void>
}

const createAccount = async (payload: Payload, stripe: StripeSandbox, consultant: string): Promise<string> => {
  const { getStripe } = await import('#payments/stripe/stripe-client')
  const { id: stripeAccountId } = await getStripe().accounts.create({
    type: 'express',
    country: 'GB',
    capabilities: { transfers: { requested: true } },
  })
  stripe.control.completeAccount(stripeAccountId)
  await payload.db.create({
    collection: 'payout-accounts',
    data: { consultant, stripeAccountId, status: 'active', syncedAt: new Date().toISOString() },
  })
  return stripeAccountId
}

const createOffer = async (
  payload: Payload,
  api: RestClient,
  { currency, stripe }: { currency: Currency; stripe: StripeSandbox },
): Promise<Offer> => {
  const { profile, user } = await createConsultant(payload, { consulting: { basePrice: 12_000, currency } })
  const service = {
    isFree: false,
    prices: [{ durationMinutes: 30, amount: prices[currency], currency }],
    durations: [30],
    defaultDurationMinutes: 30,
    cancellationPolicy: { refundableBeforeHours: 24, refundPercentage: 100, lateRefundPercentage: 33 },
  }
  return {
    consultant: profile,
    host: await api.as(user),
    accountId: await createAccount(payload, stripe, profile.id),
    direct: await createServiceType(payload, [profile], service),
    confirmed: await createServiceType(payload, [profile], { ...service, requiresConfirmation: true }),
  }
}

/** Everything that the sequences of one file share: what they leave behind is put out of the way after each. */
export const openMoneyWorld = async (): Promise<MoneyWorld> => {
  const { stripe, env } = await openStripeSandbox()
  const { payload, database } = await openTestPayload({ ...env, RATE_LIMIT_FACTOR: '0' })
  const { getStripe } = await import('#payments/stripe/stripe-client')
  const pool = new pg.Pool({ connectionString: database.url, max: 3 })
  cleanUpLater(() => pool.end())
  // What was earned is due when the session is over.
  await payload.updateGlobal({ slug: 'booking-settings', data: { payoutDelayHours: 0 } })
  const api = await createRestClient(payload)
  const offers: Partial<Record<Currency, Offer>> = {}
  for (const currency of currencyNames) offers[currency] = await createOffer(payload, api, { currency, stripe })
  const operations = await createUser(payload, ['operations'])
  plantDatabaseSteps(payload)
  plantStripeSteps(getStripe())
  return {
    payload,
    database,
    pool,
    stripe,
    api,
    staff: await api.as(operations),
    operations,
    offers: offers as Record<Currency, Offer>,
    deliver: async (event) => {
      const body = JSON.stringify(event)
      const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: webhookSecret })
      const { status, text } = await api.post('/stripe/webhooks', body, { 'Stripe-Signature': signature })
      if (status !== 200) throw new Error(`The inbox answered ${status}: ${text}`)
    },
  }
}
