import type { Payload } from 'payload'
import { localRequest } from '../database/local-request'
import { withTransaction } from '../database/transactions'
import { applyRefund, carryOutRefund } from '../payments/carry-out-refund'
import { findPayment } from '../payments/payment-queries'
import { listRefundsOf } from '../payments/payment-record-queries'
import { retrieveRefund } from '../payments/stripe/refund-payment'
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
  for (const { id, status, stripeRefundId } of await listRefundsOf(req, paymentId)) {
    if (status === 'requested') await carryOutRefund(payload, id)
    else if (stripeRefundId !== null) {
      const truth = await retrieveRefund(stripeRefundId)
      await withTransaction(payload, (tx) => applyRefund(tx, id, truth))
    }
  }
}
