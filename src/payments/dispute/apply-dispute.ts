import type { PayloadRequest } from 'payload'
import { announce } from '#events/announce'
import { enqueue } from '#outbox/enqueue'
import { computeDisputeMovements } from './compute-dispute-movements'
import { decideDisputeState, decidePaymentState, isOpenDispute } from './decide-dispute'
import { insertDispute, listDisputes, storeDispute } from './dispute-queries'
import { bookLedgerEntries, type PaymentRow, storePaymentOutcome } from '../payment-queries'
import { sumSucceededRefunds } from '../refund/refund-queries'
import { settlePayoutJob } from '../payout/settle-payout-job'
import { shareLostDisputes } from './share-lost-disputes'
import { NotVisibleYet } from '../stripe-events/event-handler'
import type { DisputeFacts } from '../stripe/disputes'
import { sumReturned } from '../payout/transfer-queries'

export type AppliedDispute = {
  disputeId: string
  isNew: boolean
  /** The payment is charged back, and nothing of it is left. */
  isWhollyLost: boolean
  /** It is decided, and so is every other one of the payment: what is left can be returned again, or never. */
  isOver: boolean
}

/**
 * Brings a dispute, its payment and the books to what Stripe says. Repeating it changes nothing. The caller holds the locks on
 * session and payment.
 * @throws NotVisibleYet when nothing of ours says yet that the payment was collected.
 */
export const applyDispute = async (
  req: PayloadRequest,
  payment: PaymentRow,
  facts: DisputeFacts,
): Promise<AppliedDispute> => {
  const known = (await listDisputes(req, payment.id)).find(({ stripeDisputeId }) => stripeDisputeId === facts.id)
  const disputeId = known?.id ?? (await insertDispute(req, payment, facts))
  const status = known ? decideDisputeState(known.status, facts.status) : facts.status
  const isDecided = !isOpenDispute(status)
  const { withdrawn, entries } = computeDisputeMovements(facts, payment.currency)
  await storeDispute(req, disputeId, { ...facts, status, withdrawnAmount: withdrawn, isDecided })
  await bookLedgerEntries(
    req,
    payment,
    entries.map((entry) => ({ ...entry, stripeObjectId: facts.id })),
  )
  if (status === 'lost') await shareLostDisputes(req, payment, facts.id)

  const disputes = await listDisputes(req, payment.id)
  const paymentStatus = decidePaymentState(payment, { disputes, refunded: await sumSucceededRefunds(req, payment.id) })
  if (!paymentStatus) {
    throw new NotVisibleYet(`Dispute ${facts.id} is of ${payment.reference}, which is ${payment.status}.`)
  }
  if (paymentStatus !== payment.status) await storePaymentOutcome(req, payment, { status: paymentStatus })

  const wasDecided = known !== undefined && !isOpenDispute(known.status)
  if (!known) {
    await enqueue(req, followJob(payment.id, 'dispute-opened', disputeId))
    await announce(req, 'payment.disputed', { paymentId: payment.id, reference: payment.reference, disputeId })
  }
  if (isDecided && !wasDecided) await enqueue(req, followJob(payment.id, 'dispute-decided', disputeId))
  if (known?.status !== status || known.withdrawnAmount !== withdrawn) await enqueue(req, settlePayoutJob(payment.id))
  const { returned } = await sumReturned(req, payment.id)
  return {
    disputeId,
    isNew: !known,
    isWhollyLost: paymentStatus === 'chargeback' && returned >= payment.amount,
    isOver: isDecided && paymentStatus !== 'disputed',
  }
}

const followJob = (paymentId: string, event: 'dispute-opened' | 'dispute-decided', recordId: string) => ({
  task: 'follow-payout' as const,
  errand: { paymentId, event, recordId },
})
