import type { PayloadRequest } from 'payload'
import { findSessionById } from '#sessions/session-queries'
import { followErrand } from '#outbox/follow-errand'
import { findDispute } from '#payments/dispute/dispute-queries'
import { findPayment, type PaymentRow } from '#payments/payment-queries'
import { previewPayout } from '#payments/payout/settle-payout'
import { findPayout, findTransfer } from '#payments/payout/transfer-queries'
import { decidePayoutMessages, type PayoutMessageFacts } from './decide-payout-messages'
import { recordSessionMessages } from '#sessions/messages/record-session-messages'

/** What waits and why, if it still does. */
const readHeld = async (req: PayloadRequest, payment: PaymentRow): Promise<PayoutMessageFacts['held']> => {
  const payout = await findPayout(req, payment.id)
  const { decision } = await previewPayout(req, payment)
  if (payout?.status !== 'held' || decision.do !== 'hold') return null
  return {
    amount: { amount: decision.amount, currency: payment.currency },
    reason: decision.reason,
    note: payout.heldNote,
  }
}

/** Tells whom it concerns what has happened to a payout, once. */
export const followPayout = followErrand<'follow-payout'>(async (req, { paymentId, event, recordId }) => {
  const payment = await findPayment(req, paymentId)
  const session = payment && (await findSessionById(req, payment.sessionId))
  if (!session) return
  const isAboutDispute = event === 'dispute-opened' || event === 'dispute-decided'
  await recordSessionMessages(
    req,
    session,
    decidePayoutMessages(event, {
      session,
      transfer: (!isAboutDispute && recordId && (await findTransfer(req, recordId))) || null,
      dispute: (isAboutDispute && recordId && (await findDispute(req, recordId))) || null,
      held: event === 'held' ? await readHeld(req, payment) : null,
    }),
  )
})
