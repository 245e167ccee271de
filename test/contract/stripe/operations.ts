import { randomUUID } from 'node:crypto'
import type Stripe from 'stripe'
import { type PaymentIntentFacts, toPaymentIntentFacts } from '#payments/stripe/checkout-facts'
import { retrievePaymentIntent } from '#payments/stripe/payment-intents'
import type { Target } from './targets'

/** Of everything that is paid here, in minor units; enough for parts of it, not enough to matter. */
export const price = 12_000

/** Never used before, also not by an earlier run: Stripe remembers them for a day. */
export const newKey = (): string => `contract:${randomUUID()}`

/** Ids as Parley has them, of nothing. */
export const identity = () => ({
  paymentId: randomUUID(),
  paymentReference: 'PM-CONTRACT',
  sessionId: randomUUID(),
  sessionReference: 'PY-CONTRACT',
  consultantId: randomUUID(),
  customerId: randomUUID(),
})

/** A payment by one of Stripe's test cards, without a hosted page: nobody is there to fill it in. */
export const pay = async (
  { stripe, currency }: Target,
  card: string,
  params: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<PaymentIntentFacts> => {
  const { id } = await stripe.paymentIntents.create({
    amount: price,
    currency: currency.toLowerCase(),
    payment_method: card,
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    ...params,
  })
  return toPaymentIntentFacts(await retrievePaymentIntent(id, stripe))
}

/** The same, and the id of its charge. */
export const payCharge = async (
  target: Target,
  card = 'pm_card_visa',
  params: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<{ paymentIntentId: string; chargeId: string }> => {
  const { id, chargeId } = await pay(target, card, params)
  if (chargeId === null) throw new Error(`Payment intent ${id} has no charge.`)
  return { paymentIntentId: id, chargeId }
}
