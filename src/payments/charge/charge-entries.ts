import type { Money } from '#shared/money'
import type { LedgerEntry, MovedElsewhere, PaymentRow } from '../payment-queries'

/**
 * What a successful charge means for the books: the whole amount came in, and the platform's fee of it is its own; the rest is
 * owed to the consultant until it is transferred.
 */
export const chargeEntries = (
  payment: Pick<PaymentRow, 'amount' | 'platformFeeAmount'>,
  chargeId: string,
): LedgerEntry[] => [
  { kind: 'charge', amount: payment.amount, stripeObjectId: chargeId },
  { kind: 'platform_fee', amount: payment.platformFeeAmount, stripeObjectId: chargeId },
]

/** The same of an amount that reached the platform outside of Stripe; our own payment stands for the object at Stripe. */
export const elsewhereChargeEntries = (
  payment: Pick<PaymentRow, 'id' | 'amount' | 'platformFeeAmount'>,
  elsewhere: MovedElsewhere,
): LedgerEntry[] => [
  { kind: 'charge_elsewhere', amount: payment.amount, stripeObjectId: payment.id, elsewhere },
  { kind: 'platform_fee', amount: payment.platformFeeAmount, stripeObjectId: payment.id },
]

/** What Stripe keeps of a charge, in the currency of the platform's balance. */
export const stripeFeeEntry = (chargeId: string, { amount, currency }: Money): LedgerEntry => ({
  kind: 'stripe_fee',
  amount: -amount,
  currency,
  stripeObjectId: chargeId,
})
