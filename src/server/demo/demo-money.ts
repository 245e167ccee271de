import type { Payload } from 'payload'
import { followDispute } from '#checkout/dispute/follow-dispute'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import { openPayoutAccount, preparePayoutAccount } from '#payments/account/open-payout-account'
import { findPaymentOfSession } from '#payments/payment-queries'
import { requireRefund } from '#payments/refund/request-refund'
import { syncPayoutAccount } from '#payments/account/sync-payout-account'
import type { Actor } from '#shared/actor'

/** What a sandbox's own buttons do. */
export const askSandbox = async (sandbox: string, action: string, body: object = {}): Promise<unknown> => {
  const answer = await fetch(`${sandbox}/_sandbox/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

/** Lets a consultant be paid out to, as if they had filled in Stripe's pages. */
export const connectDemoConsultant = async (
  payload: Payload,
  { consultantId, country }: { consultantId: string; country: string },
  stripeSandbox: string,
): Promise<void> => {
  const payoutAccountId = await withTransaction(payload, (req) => preparePayoutAccount(req, { consultantId, country }))
  const { stripeAccountId } = await openPayoutAccount(payload, { payoutAccountId, country })
  await askSandbox(stripeSandbox, `accounts/${stripeAccountId}/complete`)
  await syncPayoutAccount(payload, payoutAccountId)
}

const paymentOf = async (payload: Payload, sessionId: string) => {
  const payment = await findPaymentOfSession(await localRequest(payload), sessionId)
  if (!payment) throw new Error(`There is no payment of session ${sessionId}.`)
  return payment
}

/** Operations return a part; the worker asks Stripe for it once it runs. @param amount minor units. */
export const refundDemoSession = async (
  payload: Payload,
  { sessionId, amount, reason, by }: { sessionId: string; amount: number; reason: string; by: Actor },
): Promise<void> => {
  const { id: paymentId } = await paymentOf(payload, sessionId)
  await withTransaction(payload, (req) => requireRefund(req, { paymentId, amount, reason, by }))
}

/** The customer contests the price at their bank. */
export const disputeDemoSession = async (payload: Payload, sessionId: string, stripeSandbox: string): Promise<void> => {
  const { paymentIntentId } = await paymentOf(payload, sessionId)
  if (paymentIntentId === null) throw new Error(`Session ${sessionId} was not paid.`)
  const dispute = await askSandbox(stripeSandbox, `payments/${paymentIntentId}/dispute`, {
    reason: 'product_not_received',
  })
  // The sandbox answers with the dispute as Stripe describes it.
  await followDispute(payload, (dispute as { id: string }).id)
}
