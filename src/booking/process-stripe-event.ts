import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import type Stripe from 'stripe'
import { localRequest } from '../database/local-request'
import { poolDb, withTransaction } from '../database/transactions'
import { applyRefund } from '../payments/carry-out-refund'
import { findPaymentByIntent, findRefundByStripeId } from '../payments/payment-queries'
import { retrieveRefund } from '../payments/stripe/refund-payment'
import { fulfilCheckout } from './fulfil-checkout'
import { settlePayment } from './settle-payment'

const objectIdOf = (event: Stripe.Event): string => {
  const { object } = event.data
  if ('id' in object && typeof object.id === 'string') return object.id
  throw new Error(`Event ${event.id} speaks of an object without an id.`)
}

/** A refund of ours is known by the id that we wrote into it, even when the answer that named Stripe's id got lost. */
const followRefund = async (payload: Payload, stripeRefundId: string): Promise<void> => {
  const truth = await retrieveRefund(stripeRefundId)
  await withTransaction(payload, async (req) => {
    const known = await findRefundByStripeId(req, truth.id)
    const refundId = known?.id ?? truth.metadata?.refundId
    if (refundId !== undefined) await applyRefund(req, refundId, truth)
  })
}

const followIntent = async (payload: Payload, paymentIntentId: string): Promise<void> => {
  const payment = await findPaymentByIntent(await localRequest(payload), paymentIntentId)
  if (payment?.checkoutSessionId) await fulfilCheckout(payload, payment.checkoutSessionId)
  if (payment) await settlePayment(payload, payment.id)
}

type Handler = (payload: Payload, objectId: string) => Promise<void>

/** Every handler reads the object anew at Stripe: what the event itself says may be old or come before earlier ones. */
const handlers: Readonly<Partial<Record<Stripe.Event['type'], Handler>>> = {
  'checkout.session.completed': fulfilCheckout,
  'checkout.session.async_payment_succeeded': fulfilCheckout,
  'checkout.session.async_payment_failed': fulfilCheckout,
  'checkout.session.expired': fulfilCheckout,
  'payment_intent.canceled': followIntent,
  'payment_intent.succeeded': followIntent,
  'refund.created': followRefund,
  'refund.updated': followRefund,
  'refund.failed': followRefund,
}

/** Works one event of the inbox off. A failure stays visible there, is tried again by the queue, and can be replayed. */
export const processStripeEvent = async (payload: Payload, stripeEventId: string): Promise<void> => {
  const db = poolDb(payload)
  const { rows } = await db.execute(sql`SELECT status, payload FROM stripe_events WHERE id = ${stripeEventId}`)
  const row = rows[0] as { status: string; payload: Stripe.Event } | undefined
  if (!row || row.status === 'processed' || row.status === 'ignored') return
  const handler = handlers[row.payload.type]
  try {
    if (handler) await handler(payload, objectIdOf(row.payload))
    await db.execute(sql`
      UPDATE stripe_events SET status = ${handler ? 'processed' : 'ignored'}, processed_at = now(), attempts = attempts + 1,
        error = NULL, updated_at = now() WHERE id = ${stripeEventId}`)
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    await db.execute(sql`
      UPDATE stripe_events SET status = 'failed', attempts = attempts + 1, error = ${message.slice(0, 10_000)}, updated_at = now()
      WHERE id = ${stripeEventId}`)
    throw error
  }
}
