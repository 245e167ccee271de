import type { Payload, PayloadRequest } from 'payload'
import { expireStaleHolds, lockConsultant, reclaimSlot } from '#availability/claims/claim-queries'
import { isSlotTaken } from '#database/explain-database-error'
import { savepoint, withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { computeCaptureDeadline } from '#payments/charge/capture-deadline'
import { issueInvoice } from '#payments/invoice/issue-invoice'
import {
  findPayment,
  findPaymentByCheckout,
  lockPaymentOfLockedSession,
  type PaymentRow,
  storePaymentOutcome,
} from '#payments/payment-queries'
import { recordCharge } from '#payments/charge/record-charge'
import { requestRefund } from '#payments/refund/request-refund'
import { NotVisibleYet } from '#payments/stripe-events/event-handler'
import { type CheckoutFacts, toCheckoutFacts } from '#payments/stripe/checkout-facts'
import { retrieveCheckoutSession } from '#payments/stripe/checkout-sessions'
import { paymentActor, systemActor } from '#shared/actor'
import { hasWay, isOneOf } from '#shared/state-table'
import { changeSessionState, requireLockedSession } from '#sessions/change/change-session'
import { decideFulfilment } from './decide-fulfilment'
import { expiryReasons } from '#sessions/expiry-reasons'
import type { SessionRow } from '#sessions/session-queries'
import { pricedSessions, sessionMachine } from '#sessions/session-states'
import { dayMs } from '#shared/time'

/** Stripe and we disagree about what was paid; nothing is done until a person has looked. */
export class FulfilmentMismatch extends Error {
  override readonly name = 'FulfilmentMismatch'
}

/** Longer than any buffer; expiring a hold that ran out is right wherever it lies. */
const reach = dayMs

/**
 * Tries to take the time of an expired session again. In a savepoint, because being refused is one of the expected outcomes
 * and must not end the transaction in which the money is booked.
 */
const reclaimTime = async (req: PayloadRequest, session: SessionRow, now: number): Promise<boolean> => {
  const { slotId } = session
  if (slotId === null || session.endsAt <= now) return false
  await lockConsultant(req, session.consultantId)
  await expireStaleHolds(
    req,
    { consultantId: session.consultantId, occupied: { start: session.startsAt - reach, end: session.endsAt + reach } },
    now,
  )
  try {
    await savepoint(req, (inner) => reclaimSlot(inner, slotId, now))
    return true
  } catch (error) {
    if (isSlotTaken(error)) return false
    throw error
  }
}

/**
 * Ends a session whose reserved price cannot be collected any more: its time is free, and everybody is told. One that has begun
 * goes on; that it was not paid stands in the books.
 */
export const lapseSession = async (req: PayloadRequest, session: SessionRow, now: number): Promise<void> => {
  if (!hasWay(sessionMachine, session.status, 'expired') || !isOneOf(pricedSessions, session.status)) return
  const reason = session.status === 'scheduled' ? expiryReasons.capture : expiryReasons.authorization
  await changeSessionState(req, { session, to: 'expired', actor: systemActor, reason, now })
}

const settleSession = async (
  req: PayloadRequest,
  args: {
    session: SessionRow
    payment: PaymentRow
    what: 'schedule' | 'reclaim' | 'refund' | 'keep' | 'void' | 'lapse'
    captureBefore: number | null
    now: number
  },
): Promise<void> => {
  const { session, payment, what, now } = args
  if (what === 'schedule' || (what === 'reclaim' && (await reclaimTime(req, session, now)))) {
    await changeSessionState(req, { session, to: 'scheduled', actor: paymentActor, now })
    return
  }
  if (what === 'void') {
    await enqueue(req, {
      task: 'settle-payment',
      payload: { paymentId: payment.id },
      key: `settle-payment:${payment.id}`,
    })
    return
  }
  if (what === 'refund' || what === 'reclaim') {
    await requestRefund(req, { paymentId: payment.id, reason: 'late_payment', by: paymentActor })
    await enqueue(req, { task: 'follow-session', errand: { sessionId: session.id, event: 'paid-too-late' } })
    return
  }
  if (what === 'lapse') {
    await lapseSession(req, session, now)
    return
  }
  if (payment.status === 'failed') {
    await enqueue(req, { task: 'follow-session', errand: { sessionId: session.id, event: 'payment-failed' } })
  } else if (session.status === 'pending_confirmation') {
    await enqueue(req, { task: 'follow-session', errand: { sessionId: session.id, event: 'created' } })
    if (payment.status === 'authorized' && args.captureBefore !== null) {
      await enqueue(req, {
        task: 'expire-authorization',
        payload: { sessionId: session.id },
        key: `expire-authorization:${session.id}`,
        runAt: new Date(computeCaptureDeadline(args.captureBefore)),
      })
    }
  }
}

/**
 * Brings a payment and its session to what Stripe says of the checkout. Used by the webhook, by the page to which the customer
 * returns, and by the deadline: whoever comes first does it, the others find it done.
 * @returns whether the checkout is one of ours.
 * @throws FulfilmentMismatch when amount or currency differ; ProviderError when Stripe cannot be asked; NotVisibleYet when it
 *   names a payment that is not there.
 */
export const fulfilCheckout = async (payload: Payload, checkoutSessionId: string): Promise<boolean> =>
  applyCheckout(payload, toCheckoutFacts(await retrieveCheckoutSession(checkoutSessionId)))

/**
 * The same with the checkout as it was just read.
 * @param note what else is to be kept if, and only if, the checkout is one of ours and this is.
 */
export const applyCheckout = async (
  payload: Payload,
  checkout: CheckoutFacts,
  note: (req: PayloadRequest) => Promise<void> = () => Promise.resolve(),
): Promise<boolean> =>
  withTransaction(payload, async (req) => {
    // The event may overtake our own note of the checkout's id, so its metadata names the payment as well.
    const known = (await findPaymentByCheckout(req, checkout.id)) ?? (await findPaymentByMetadata(req, checkout))
    if (!known) return false
    const session = await requireLockedSession(req, known.sessionId)
    const payment = await lockPaymentOfLockedSession(req, known.id)
    const decision = payment ? decideFulfilment({ checkout, payment, session: session.status }) : 'nothing'
    if (!payment || decision === 'nothing') {
      await note(req)
      return true
    }
    if ('mismatch' in decision) throw new FulfilmentMismatch(`Payment ${payment.reference}: ${decision.mismatch}`)

    const intent = checkout.paymentIntent
    if (decision.payment === 'succeeded') await recordCharge(req, payment, intent)
    else {
      await storePaymentOutcome(req, payment, {
        status: decision.payment,
        paymentIntentId: intent?.id ?? null,
        chargeId: intent?.chargeId ?? null,
        paymentMethod: intent?.paymentMethod ?? null,
        captureBefore: intent?.captureBefore ?? null,
        failure: decision.payment === 'failed' ? (intent?.failure ?? null) : null,
      })
    }
    await settleSession(req, {
      session,
      payment: { ...payment, status: decision.payment },
      what: decision.session,
      captureBefore: intent?.captureBefore ?? null,
      now: Date.now(),
    })
    await note(req)
    if (decision.payment === 'succeeded') await issueInvoice(req, payment)
    return true
  })

const findPaymentByMetadata = async (req: PayloadRequest, checkout: CheckoutFacts): Promise<PaymentRow | undefined> => {
  const id = checkout.metadata.paymentId
  if (id === undefined) return undefined
  const payment = await findPayment(req, id)
  if (!payment) throw new NotVisibleYet(`Checkout ${checkout.id} names the payment ${id}, which is not there.`)
  return payment
}
