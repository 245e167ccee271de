import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { carryOutRefund } from '#payments/refund/carry-out-refund'
import { findPayment } from '#payments/payment-queries'
import { listRefundsOf } from '#payments/payment-record-queries'
import { followStripeRefund } from '#payments/refund/record-dashboard-refund'
import { recordStripeFee } from '#payments/charge/record-stripe-fee'
import { settlePayoutJob } from '#payments/payout/settle-payout-job'
import { followStripeTransfer } from '#payments/payout/transfer-events'
import { retrieveCharge } from '#payments/stripe/charges'
import { listDisputesOfCharge } from '#payments/stripe/disputes'
import { listRefundsOfCharge } from '#payments/stripe/refund-payment'
import { listTransfersOfGroup } from '#payments/stripe/transfers'
import { recordDispute } from './dispute/follow-dispute'
import { fulfilCheckout } from './fulfil-checkout'
import { settlePayment } from './settle-payment'

/**
 * Reads everything of one payment at Stripe again and follows it, through the same functions as the events do: for whoever does
 * not want to wait for an event, or for the night's comparison. May run any number of times.
 * @throws ProviderError when Stripe cannot be asked.
 */
export const refreshPayment = async (payload: Payload, paymentId: string): Promise<void> => {
  const req = await localRequest(payload)
  const payment = await findPayment(req, paymentId)
  if (!payment) return
  if (payment.checkoutSessionId) await fulfilCheckout(payload, payment.checkoutSessionId)
  await settlePayment(payload, paymentId)
  for (const { id, status } of await listRefundsOf(req, paymentId)) {
    if (status === 'requested') await carryOutRefund(payload, id)
  }
  const chargeId = (await findPayment(req, paymentId))?.chargeId
  if (!chargeId) return
  await recordStripeFee(payload, await retrieveCharge(chargeId))
  for (const truth of (await listRefundsOfCharge(chargeId)).reverse()) await followStripeRefund(payload, truth)
  for (const truth of (await listTransfersOfGroup(payment.sessionId)).reverse()) {
    await followStripeTransfer(payload, truth)
  }
  for (const facts of (await listDisputesOfCharge(chargeId)).reverse()) await recordDispute(payload, facts)
  await withTransaction(payload, (tx) => enqueue(tx, settlePayoutJob(paymentId)))
}
