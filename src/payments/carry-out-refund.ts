import type { Payload, PayloadRequest } from 'payload'
import type Stripe from 'stripe'
import { localRequest } from '../database/local-request'
import { withTransaction } from '../database/transactions'
import { enqueue } from '../outbox/enqueue'
import {
  bookLedgerEntries,
  findPayment,
  findRefund,
  lockPayment,
  lockRefund,
  type PaymentRow,
  type RefundRow,
  storePaymentOutcome,
  storeRefundOutcome,
  sumRefunds,
} from './payment-queries'
import type { PaymentState, RefundState } from './payment-states'
import { ProviderError } from './stripe/provider-error'
import { listRefunds, refundPayment, retrieveRefund } from './stripe/refund-payment'

const stateOf = (refund: Stripe.Refund): RefundState => {
  switch (refund.status) {
    case 'succeeded':
      return 'succeeded'
    case 'failed':
      return 'failed'
    case 'canceled':
      return 'cancelled'
    default:
      return 'pending'
  }
}

/** How far back a payment stands, given what is returned of it. */
const paymentStateAfter = (payment: PaymentRow, refunded: number): PaymentState => {
  if (refunded === 0) return 'succeeded'
  return refunded >= payment.amount ? 'refunded' : 'partially_refunded'
}

/** States of a payment that follow its refunds; a disputed one follows its dispute. */
const followsRefunds: readonly PaymentState[] = ['succeeded', 'partially_refunded', 'refunded']

const isSame = (refund: RefundRow, state: RefundState) => refund.status === state

/**
 * Brings a refund, its payment and the books to what Stripe says of the refund. Repeating it changes nothing; a refund that
 * fails after it succeeded is taken out of the books again.
 */
export const applyRefund = async (req: PayloadRequest, refundId: string, truth: Stripe.Refund): Promise<void> => {
  const known = await findRefund(req, refundId)
  if (!known) return
  const payment = await lockPayment(req, known.paymentId)
  const refund = await lockRefund(req, refundId)
  if (!payment || !refund) return
  const state = stateOf(truth)
  if (isSame(refund, state) && refund.stripeRefundId === truth.id) return
  if (refund.status === 'failed' || refund.status === 'cancelled') return
  await storeRefundOutcome(req, refund.id, {
    status: state,
    stripeRefundId: truth.id,
    ...(truth.failure_reason ? { failureReason: truth.failure_reason } : {}),
  })
  const fee = refund.platformFeeAmount
  if (state === 'succeeded') {
    await bookLedgerEntries(req, payment, [
      { kind: 'refund', amount: -refund.amount, stripeObjectId: truth.id, refundId: refund.id },
      { kind: 'platform_fee_refund', amount: -fee, stripeObjectId: truth.id, refundId: refund.id },
    ])
  } else if (state === 'failed' && refund.status === 'succeeded') {
    await bookLedgerEntries(req, payment, [
      { kind: 'refund_failed', amount: refund.amount, stripeObjectId: truth.id, refundId: refund.id },
      { kind: 'platform_fee_refund_failed', amount: fee, stripeObjectId: truth.id, refundId: refund.id },
    ])
  }
  if (followsRefunds.includes(payment.status)) {
    await storePaymentOutcome(req, payment.id, {
      status: paymentStateAfter(payment, await sumRefunds(req, payment.id)),
    })
  }
  if (state === 'succeeded' || state === 'failed') {
    await enqueue(req, {
      task: 'follow-session',
      payload: {
        sessionId: payment.sessionId,
        event: state === 'succeeded' ? 'refunded' : 'refund-failed',
        detail: { refundId: refund.id },
      },
      key: `follow-refund:${refund.id}:${state}`,
    })
  }
}

const refuse = async (payload: Payload, refund: RefundRow, error: ProviderError): Promise<void> =>
  withTransaction(payload, async (req) => {
    const payment = await lockPayment(req, refund.paymentId)
    const locked = await lockRefund(req, refund.id)
    if (!payment || locked?.status !== 'requested') return
    await storeRefundOutcome(req, refund.id, {
      status: 'failed',
      failureReason: error.code ?? error.message.slice(0, 1_000),
    })
    await enqueue(req, {
      task: 'follow-session',
      payload: { sessionId: payment.sessionId, event: 'refund-failed', detail: { refundId: refund.id } },
      key: `follow-refund:${refund.id}:failed`,
    })
  })

/** Stripe forgets idempotency keys after a day; a refund that waited for so long may have been made without our hearing of it. */
const keysForgottenAfterMs = 20 * 3_600_000

const askForRefund = async (
  refund: RefundRow,
  payment: PaymentRow,
  paymentIntentId: string,
): Promise<Stripe.Refund> => {
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
 * Asks Stripe for a refund that was written down. The key is the refund's own, so an answer that got lost is fetched by asking
 * again, and two equal refunds are two.
 * @throws ProviderError when it is not known what Stripe did; the job comes again with the same key.
 */
export const carryOutRefund = async (payload: Payload, refundId: string): Promise<void> => {
  const req = await localRequest(payload)
  const refund = await findRefund(req, refundId)
  const payment = refund && (await findPayment(req, refund.paymentId))
  if (!refund || !payment) return
  if (refund.status !== 'requested' && refund.status !== 'pending') return
  if (payment.paymentIntentId === null) throw new Error(`Payment ${payment.reference} has no payment intent to refund.`)
  try {
    const truth = await askForRefund(refund, payment, payment.paymentIntentId)
    await withTransaction(payload, (tx) => applyRefund(tx, refund.id, truth))
  } catch (error) {
    if (!(error instanceof ProviderError) || !error.definitive) throw error
    payload.logger.error({ err: error, refundId, msg: 'Stripe refused a refund' })
    await refuse(payload, refund, error)
  }
}
