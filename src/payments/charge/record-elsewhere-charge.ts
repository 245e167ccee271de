import type { PayloadRequest } from 'payload'
import type { Actor } from '#shared/actor'
import { elsewhereChargeEntries } from './charge-entries'
import { issueInvoice } from '../invoice/issue-invoice'
import { movePayout } from '../payout/move-payout'
import { bookLedgerEntries, lockPayment, storePaymentOutcome } from '../payment-queries'
import { storePayoutHold } from '../payout/transfer-queries'

/**
 * Records that a payment reached the platform outside of Stripe: it is collected and booked, and has its invoice. The consultant's
 * share waits until operations release it, as nobody but they know whether it is to come out of the balance at Stripe. Runs in
 * the transaction that wrote the payment, and as its last thing: it takes a number of the invoices.
 * @param args.reference where the money can be looked up; `args.by` says that it is there.
 * @throws Error when the payment is not new: what has begun at Stripe ends there.
 */
export const recordElsewhereCharge = async (
  req: PayloadRequest,
  { paymentId, reference, by }: { paymentId: string; reference: string; by: Actor },
): Promise<void> => {
  const found = await lockPayment(req, paymentId)
  if (!found) throw new Error(`Payment ${paymentId} does not exist.`)
  if (found.status !== 'pending' || found.checkoutSessionId !== null) {
    throw new Error(`Payment ${found.reference} is ${found.status} or has a checkout, so it is not paid elsewhere.`)
  }
  const payment = { ...found, status: 'succeeded', isPaidElsewhere: true } as const
  await storePaymentOutcome(req, found, { status: 'succeeded', paymentMethod: 'elsewhere' })
  await bookLedgerEntries(req, payment, elsewhereChargeEntries(payment, { reference, by }))
  await storePayoutHold(req, payment.id, { isHeld: true, note: null })
  await movePayout(req, payment, { status: 'held', heldReason: 'paid_elsewhere' })
  await issueInvoice(req, payment)
}
