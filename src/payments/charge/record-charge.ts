import type { PayloadRequest } from 'payload'
import { chargeEntries, stripeFeeEntry } from './charge-entries'
import { bookLedgerEntries, type PaymentRow, storePaymentOutcome } from '../payment-queries'
import type { PaymentIntentFacts } from '../stripe/checkout-facts'

/**
 * Books a payment that was collected: its state, the charge and the platform's fee, and Stripe's fee if it is known. The
 * payment is locked; its invoice is issued at the end of the transaction.
 * @throws Error when Stripe names no charge: there would be nothing that the books could refer to.
 */
export const recordCharge = async (
  req: PayloadRequest,
  payment: PaymentRow,
  intent: PaymentIntentFacts | null,
): Promise<void> => {
  if (!intent?.chargeId) throw new Error(`Payment ${payment.reference} is collected, but Stripe names no charge.`)
  const { chargeId, balance } = intent
  // Known already where the charge was read before it was booked.
  const fee = payment.stripeFeeAmount === null ? balance?.fee : undefined
  await storePaymentOutcome(req, payment, {
    status: 'succeeded',
    paymentIntentId: intent.id,
    chargeId,
    paymentMethod: intent.paymentMethod,
    receiptUrl: intent.receiptUrl,
    receiptNumber: intent.receiptNumber,
    ...(fee ? { stripeFee: fee } : {}),
  })
  await bookLedgerEntries(req, payment, [
    ...chargeEntries(payment, chargeId),
    ...(fee ? [stripeFeeEntry(chargeId, fee)] : []),
  ])
}
