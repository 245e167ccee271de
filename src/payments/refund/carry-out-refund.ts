import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { isOneOf } from '#shared/state-table'
import { applyRefund, followRefundOutcome } from './apply-refund'
import { findPayment, lockPayment, type PaymentRow } from '../payment-queries'
import { refundsUnderWay } from '../payment-states'
import { findRefund, lockRefund, type RefundRow, storeRefundAsked, storeRefundOutcome } from './refund-queries'
import { ProviderError } from '../stripe/provider-error'
import { listRefunds, refundPayment, retrieveRefund } from '../stripe/refund-payment'
import type { StripeRefund } from '../stripe/stripe-objects'
import { hourMs } from '#shared/time'

/** Ends a refund that was never made, and has operations told. */
const refuse = async (payload: Payload, refundId: string, failureReason: string): Promise<void> =>
  withTransaction(payload, async (req) => {
    const known = await findRefund(req, refundId)
    const payment = known && (await lockPayment(req, known.paymentId))
    const locked = await lockRefund(req, refundId)
    if (!payment || locked?.status !== 'requested') return
    await storeRefundOutcome(req, locked, { status: 'failed', failureReason: failureReason.slice(0, 1_000) })
    await followRefundOutcome(req, { payment, refundId, state: 'failed' })
  })

/** Stripe forgets idempotency keys after a day; a refund that waited for so long may have been made without our hearing of it. */
const keysForgottenAfterMs = 20 * hourMs

const askForRefund = async (refund: RefundRow, payment: PaymentRow, paymentIntentId: string): Promise<StripeRefund> => {
  if (refund.stripeRefundId !== null) return retrieveRefund(refund.stripeRefundId)
  if (Date.now() - refund.requestedAt > keysForgottenAfterMs) {
    const made = (await listRefunds(paymentIntentId)).find(({ metadata }) => metadata?.refundId === refund.id)
    if (made) return made
  }
  return refundPayment({
    paymentIntentId,
    amount: refund.amount,
    metadata: {
      refundId: refund.id,
      refundReference: refund.reference,
      paymentId: payment.id,
      sessionId: payment.sessionId,
    },
    idempotencyKey: `${refund.id}:${refund.attempt}`,
  })
}

/**
 * Notes that Stripe is about to be asked: from then on nobody can cancel the refund any more.
 * @returns undefined when there is nothing to do.
 */
const claimRefund = (
  payload: Payload,
  refundId: string,
): Promise<{ refund: RefundRow; payment: PaymentRow } | undefined> =>
  withTransaction(payload, async (req) => {
    const known = await findRefund(req, refundId)
    const payment = known && (await findPayment(req, known.paymentId))
    const refund = await lockRefund(req, refundId)
    if (!payment || !refund || !isOneOf(refundsUnderWay, refund.status)) return undefined
    // It is returned where it was paid, by a person.
    if (payment.isPaidElsewhere) return undefined
    // Of an earlier run nobody knows what became, so that one is asked for again, dispute or not.
    if (payment.status === 'disputed' && refund.askedAt === null) return { refund, payment }
    await storeRefundAsked(req, refundId)
    return { refund: { ...refund, askedAt: refund.askedAt ?? Date.now() }, payment }
  })

/**
 * Asks Stripe for a refund that was written down. The key is the refund's own, so an answer that got lost is fetched by asking
 * again, and two equal refunds are two.
 * @throws ProviderError when it is not known what Stripe did; the job comes again with the same key.
 */
export const carryOutRefund = async (payload: Payload, refundId: string): Promise<void> => {
  const claimed = await claimRefund(payload, refundId)
  if (!claimed) return
  const { refund, payment } = claimed
  if (refund.askedAt === null) {
    await refuse(payload, refundId, 'The payment is disputed.')
    return
  }
  if (payment.paymentIntentId === null) throw new Error(`Payment ${payment.reference} has no payment intent to refund.`)
  let truth: StripeRefund
  try {
    truth = await askForRefund(refund, payment, payment.paymentIntentId)
  } catch (error) {
    if (!(error instanceof ProviderError) || !error.definitive) throw error
    payload.logger.error({ err: error, refundId, msg: 'Stripe refused a refund' })
    await refuse(payload, refundId, error.code ?? error.message)
    return
  }
  await withTransaction(payload, (req) => applyRefund(req, refundId, truth))
}
