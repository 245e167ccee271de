import type { Payload, PayloadRequest } from 'payload'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import type { Money } from '#shared/money'
import { stripeFeeEntry } from './charge-entries'
import {
  bookLedgerEntries,
  findPayment,
  findPaymentByCharge,
  lockPayment,
  type PaymentRow,
  storeStripeFee,
  touchPayment,
} from '../payment-queries'
import { retrieveCharge } from '../stripe/charges'
import type { StripeCharge } from '../stripe/stripe-objects'

/** Books what Stripe kept of a charge, in the currency of the platform's balance; once. The payment is locked. */
const bookStripeFee = async (
  req: PayloadRequest,
  payment: PaymentRow,
  { chargeId, fee }: { chargeId: string; fee: Money },
): Promise<void> => {
  if (payment.stripeFeeAmount !== null) return
  await storeStripeFee(req, payment.id, fee)
  await bookLedgerEntries(req, payment, [stripeFeeEntry(chargeId, fee)])
}

/**
 * Books Stripe's fee of a charge if it is known by now; the charge of a bank debit has its entry in the balance only later.
 * @param charge with its entry in the balance.
 * @returns whether it is the charge of one of our payments.
 */
export const recordStripeFee = async (payload: Payload, charge: StripeCharge): Promise<boolean> => {
  const known = await findPaymentByCharge(await localRequest(payload), charge.id)
  if (!known) return false
  const balance = charge.balance_transaction
  await withTransaction(payload, async (req) => {
    const payment = await lockPayment(req, known.id)
    if (!payment) return
    if (balance === null || typeof balance === 'string') {
      await touchPayment(req, payment.id)
      return
    }
    const fee = { amount: balance.fee, currency: balance.currency.toUpperCase() }
    await bookStripeFee(req, payment, { chargeId: charge.id, fee })
  })
  return true
}

/** Asks Stripe for the fee of a payment whose charge had no entry in the balance yet when it was booked. */
export const lookUpStripeFee = async (payload: Payload, paymentId: string): Promise<void> => {
  const payment = await findPayment(await localRequest(payload), paymentId)
  if (!payment?.chargeId || payment.stripeFeeAmount !== null) return
  await recordStripeFee(payload, await retrieveCharge(payment.chargeId))
}
