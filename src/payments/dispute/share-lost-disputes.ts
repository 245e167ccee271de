import type { PayloadRequest } from 'payload'
import { computeReturnShares } from '../payout/compute-shares'
import { addPlatformShare, listDisputes, sumPlatformPart } from './dispute-queries'
import { bookLedgerEntries, type PaymentRow } from '../payment-queries'
import { sumReturned } from '../payout/transfer-queries'

/**
 * Books who bears what the bank took for good, so that the consultant bears exactly their part of what came back in all. A
 * refund that succeeds or fails after the loss changes that, so this is asked again whenever one does. Without a lost dispute
 * it does nothing; repeating it does nothing.
 * @param cause Stripe's id of the dispute or refund that brought it about.
 */
export const shareLostDisputes = async (req: PayloadRequest, payment: PaymentRow, cause: string): Promise<void> => {
  const lost = (await listDisputes(req, payment.id)).findLast(({ status }) => status === 'lost')
  if (!lost) return
  const { returned } = await sumReturned(req, payment.id)
  const missing = computeReturnShares(payment, returned).platform - (await sumPlatformPart(req, payment.id))
  if (missing === 0) return
  await bookLedgerEntries(req, payment, [
    {
      kind: missing > 0 ? 'dispute_share' : 'dispute_share_returned',
      amount: -missing,
      stripeObjectId: cause,
    },
  ])
  await addPlatformShare(req, lost.id, missing)
}
