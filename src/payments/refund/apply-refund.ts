import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import { isOneOf } from '#shared/state-table'
import { computeFeeBack, computeRefundedState } from './compute-fee-back'
import { decideRefundState } from './decide-refund-state'
import { issueRefundDocument } from '../invoice/issue-invoice'
import {
  bookLedgerEntries,
  type LedgerEntry,
  lockPayment,
  type MovedElsewhere,
  type PaymentRow,
  storeRefundedAmount,
} from '../payment-queries'
import { collectedPayments, type RefundState, returnedRefunds } from '../payment-states'
import {
  findRefund,
  lockRefund,
  type RefundRow,
  storeRefundOutcome,
  sumFeesBack,
  sumSucceededRefunds,
} from './refund-queries'
import { settlePayoutJob } from '../payout/settle-payout-job'
import { shareLostDisputes } from '../dispute/share-lost-disputes'
import type { StripeRefund } from '../stripe/stripe-objects'

/** A refund that comes into another state. */
type SettledRefund = {
  payment: PaymentRow
  refund: RefundRow
  state: RefundState
  /** What the entries of the ledger stand for: Stripe's refund, or our own where Stripe has no part in it. */
  objectId: string
  stripeRefundId?: string
  failureReason?: string | null | undefined
  /** It was not Stripe who returned it. */
  elsewhere?: MovedElsewhere
}

/** What the books say of a refund that has come into another state. */
const entriesOf = async (
  req: PayloadRequest,
  { payment, refund, state, objectId, elsewhere }: SettledRefund,
): Promise<LedgerEntry[]> => {
  const of = { stripeObjectId: objectId, refundId: refund.id }
  const returned = await sumSucceededRefunds(req, payment.id)
  const feeBack = await sumFeesBack(req, payment.id)
  if (state === 'succeeded') {
    const fee = computeFeeBack(payment, returned + refund.amount) - feeBack
    return [
      elsewhere
        ? { kind: 'refund_elsewhere', amount: -refund.amount, elsewhere, ...of }
        : { kind: 'refund', amount: -refund.amount, ...of },
      { kind: 'platform_fee_refund', amount: -fee, ...of },
    ]
  }
  if (!isOneOf(returnedRefunds, refund.status)) return []
  const fee = feeBack - computeFeeBack(payment, returned - refund.amount)
  return [
    { kind: 'refund_failed', amount: refund.amount, ...of },
    { kind: 'platform_fee_refund_failed', amount: fee, ...of },
  ]
}

const assertSame = (refund: RefundRow, truth: StripeRefund): void => {
  if (truth.amount === refund.amount && truth.currency.toUpperCase() === refund.currency) return
  throw new Error(
    `Refund ${refund.reference} is ${refund.amount} ${refund.currency}, at Stripe ${truth.amount} ${truth.currency}.`,
  )
}

/** What follows when a refund is over, one way or the other; whoever waits for it is told by the worker. */
export const followRefundOutcome = async (
  req: PayloadRequest,
  { payment, refundId, state }: { payment: PaymentRow; refundId: string; state: 'succeeded' | 'failed' },
): Promise<void> =>
  enqueue(
    req,
    {
      task: 'follow-session',
      errand: {
        sessionId: payment.sessionId,
        event: state === 'succeeded' ? 'refunded' : 'refund-failed',
        detail: { refundId },
      },
    },
    settlePayoutJob(payment.id),
  )

/**
 * Brings a refund, its payment, the books and the documents to what Stripe says of the refund. Repeating it changes nothing; a
 * refund that fails after it succeeded is taken out of the books again. Runs inside a transaction; numbers of documents are
 * taken last.
 * @throws Error when Stripe contradicts what was recorded.
 */
export const applyRefund = async (req: PayloadRequest, refundId: string, truth: StripeRefund): Promise<void> => {
  const known = await findRefund(req, refundId)
  if (!known) return
  const payment = await lockPayment(req, known.paymentId)
  const refund = await lockRefund(req, refundId)
  if (!payment || !refund) return
  assertSame(refund, truth)
  const next = decideRefundState(refund, truth)
  if (next === undefined) return
  await settleRefund(req, {
    payment,
    refund,
    state: next,
    objectId: truth.id,
    stripeRefundId: truth.id,
    failureReason: truth.failure_reason,
  })
}

/**
 * Brings a refund, its payment, the books and the documents into one of the refund's states. The caller holds the locks on both and
 * has decided that the refund comes into it. Numbers of documents are taken last.
 */
export const settleRefund = async (req: PayloadRequest, settled: SettledRefund): Promise<void> => {
  const { payment, refund, state, objectId, stripeRefundId, failureReason } = settled
  const refundId = refund.id
  const entries = await entriesOf(req, settled)
  const fee = entries.find(({ kind }) => kind === 'platform_fee_refund')
  await storeRefundOutcome(req, refund, {
    status: state,
    ...(stripeRefundId === undefined ? {} : { stripeRefundId }),
    ...(failureReason ? { failureReason } : {}),
    ...(fee ? { platformFeeAmount: -fee.amount } : {}),
  })
  await bookLedgerEntries(req, payment, entries)
  if (state === 'pending') return
  await shareLostDisputes(req, payment, objectId)
  const refundedAmount = await sumSucceededRefunds(req, payment.id)
  // A disputed one follows its dispute.
  const status = isOneOf(collectedPayments, payment.status)
    ? computeRefundedState(payment, refundedAmount)
    : payment.status
  await storeRefundedAmount(req, payment.id, { refundedAmount, status })
  await followRefundOutcome(req, { payment, refundId, state: state === 'succeeded' ? 'succeeded' : 'failed' })
  if (status === 'refunded') {
    await enqueue(req, {
      task: 'close-refunded-session',
      payload: { sessionId: payment.sessionId },
      key: `close-refunded-session:${payment.sessionId}`,
    })
  }
  if (state === 'succeeded') await issueRefundDocument(req, { kind: 'credit_note', payment, refund })
  else if (refund.status === 'succeeded') await issueRefundDocument(req, { kind: 'debit_note', payment, refund })
}
