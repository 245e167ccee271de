import type { Payload, PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { findPaymentOfSession, lockPayment, storePaymentOutcome } from '#payments/payment-queries'
import { unpaidPayments } from '#payments/payment-states'
import { toCheckoutFacts } from '#payments/stripe/checkout-facts'
import { expireCheckoutSession } from '#payments/stripe/checkout-sessions'
import { localRequest } from '#database/local-request'
import { decideAbsence } from '#meetings/decide-attendance'
import { findMeetingRecord, hasCome } from '#meetings/meeting-queries'
import { findRoom } from '#meetings/room-queries'
import { type Actor, meetingActor, systemActor } from '#shared/actor'
import { isOneOf } from '#shared/state-table'
import { computeCaptureDeadline } from '#payments/charge/capture-deadline'
import { changeSessionState, requireLockedSession } from '#sessions/change/change-session'
import { expiryReasons } from '#sessions/expiry-reasons'
import { applyCheckout } from './fulfil-checkout'
import { findSessionById, type SessionRow } from '#sessions/session-queries'
import {
  liveSessions,
  sessionRow,
  type SessionState,
  stateMissedBy,
  waitingSessions,
  waitsForEmail,
} from '#sessions/session-states'

/**
 * Ends a session that was not paid in time. Its checkout is closed at Stripe first, so that nobody pays for a time that is given
 * away; if it turns out to be paid (or under way), paid wins. Only then is the time free.
 * @throws ProviderError when Stripe cannot say how the checkout ended: the time stays claimed, and the job comes again.
 */
export const expireUnpaidSession = async (payload: Payload, sessionId: string): Promise<void> => {
  const req = await localRequest(payload)
  const session = await findSessionById(req, sessionId)
  if (!session || !isOneOf(waitingSessions, session.status) || session.paymentDeadline === null) return
  if (session.paymentDeadline > Date.now()) return
  const payment = await findPaymentOfSession(req, sessionId)
  if (payment?.checkoutSessionId) {
    await applyCheckout(payload, toCheckoutFacts(await expireCheckoutSession(payment.checkoutSessionId)))
  }
  await withTransaction(payload, async (tx) => {
    const locked = await requireLockedSession(tx, sessionId)
    if (!isOneOf(waitingSessions, locked.status) || !isOneOf(unpaidPayments, locked.paymentStatus)) return
    if (locked.paymentId !== null) {
      const row = await lockPayment(tx, locked.paymentId)
      if (row && row.status !== 'cancelled') await storePaymentOutcome(tx, row, { status: 'cancelled' }, 'system')
    }
    await changeSessionState(tx, {
      session: locked,
      to: 'expired',
      actor: systemActor,
      reason: expiryReasons.unpaid,
      now: Date.now(),
    })
  })
}

/** Ends a session that nobody confirmed in time; an authorised card is released by what follows from it. */
export const expireUnconfirmedSession = async (payload: Payload, sessionId: string): Promise<void> =>
  withTransaction(payload, async (tx) => {
    const session = await requireLockedSession(tx, sessionId)
    if (sessionRow(session.status).waitsFor !== 'confirmation') return
    await changeSessionState(tx, {
      session,
      to: 'expired',
      actor: systemActor,
      reason: expiryReasons.unconfirmed,
      now: Date.now(),
    })
  })

/** Ends a booking whose customer has not opened the link in time that they were mailed. */
export const expireUnopenedSession = async (payload: Payload, sessionId: string): Promise<void> =>
  withTransaction(payload, async (tx) => {
    const session = await requireLockedSession(tx, sessionId)
    const { emailConfirmBy } = session
    if (!waitsForEmail(session) || emailConfirmBy === null || emailConfirmBy > Date.now()) return
    await changeSessionState(tx, {
      session,
      to: 'expired',
      actor: systemActor,
      reason: expiryReasons.unopened,
      now: Date.now(),
    })
  })

/**
 * Ends a session that waits for a yes while the reservation of its price runs out: said yes to later, it could not be charged.
 * Releasing the card follows from it.
 */
export const expireUnauthorizedSession = async (payload: Payload, sessionId: string): Promise<void> =>
  withTransaction(payload, async (tx) => {
    const session = await requireLockedSession(tx, sessionId)
    const { captureBefore, paymentStatus, status } = session
    if (sessionRow(status).waitsFor !== 'confirmation' || paymentStatus !== 'authorized' || captureBefore === null)
      return
    if (computeCaptureDeadline(captureBefore) > Date.now()) return
    await changeSessionState(tx, {
      session,
      to: 'expired',
      actor: systemActor,
      reason: expiryReasons.authorization,
      now: Date.now(),
    })
  })

/** What a session that nobody closed has come to: held, unless its meeting was reported and one side was not there. */
const decideEnding = async (req: PayloadRequest, session: SessionRow): Promise<{ to: SessionState; actor: Actor }> => {
  const room = await findRoom(req, session.id)
  const meeting = room && (await findMeetingRecord(req, room))
  const absent =
    meeting &&
    decideAbsence(meeting.record.participants, {
      consultantEmail: session.consultantEmail,
      customerEmail: session.customerEmail,
      startsAt: session.startsAt,
      endedAt: meeting.record.endedAt ?? session.endsAt,
    })
  // Who went into the room by their link has come, also where the report of it was lost.
  if (absent === undefined || (await hasCome(req, session.id, absent))) return { to: 'completed', actor: systemActor }
  return { to: stateMissedBy(absent), actor: meetingActor }
}

/** Closes a session that ended a while ago and of which nobody said anything else. */
export const completeEndedSession = async (payload: Payload, sessionId: string): Promise<void> =>
  withTransaction(payload, async (tx) => {
    const session = await requireLockedSession(tx, sessionId)
    if (!isOneOf(liveSessions, session.status)) return
    // What operations decide about a claim says what it has come to.
    if (session.endsAt > Date.now() || session.claim?.status === 'open') return
    await changeSessionState(tx, { session, ...(await decideEnding(tx, session)), now: Date.now() })
  })
