import type { LedgerEntry, PaymentRow } from '../payment-queries'

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
