import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { attachClaim, bookClaim, lockClaimOfSession, releaseClaim } from '#availability/claims/claim-queries'
import { txDb } from '#database/transactions'
import { wantCalendarEvent } from '#calendar/entries/event-queries'
import { cancelJobs, enqueue, type Job } from '#outbox/enqueue'
import type { SessionEvent } from '#outbox/task-payloads'
import { insertWantedRoom, wantRoomAnew } from '#meetings/room-queries'
import { unsettledPayments } from '#payments/payment-states'
import { settlePayoutJob } from '#payments/payout/settle-payout-job'
import { storePayoutDue } from '#payments/payout/transfer-queries'
import { settings } from '#settings'
import type { Actor } from '#shared/actor'
import { isOneOf } from '#shared/state-table'
import { bookingSettings } from '#availability/booking-settings'
import { decidePayoutDue } from '#checkout/decide-payout-due'
import { followSessionRequest } from '#requests/follow-session-request'
import { publishSlotsJob } from '#availability/holds/hold-time'
import { refundByPolicy } from '#checkout/refund-by-policy'
import { requireSession, type SessionRow } from '../session-queries'
import { calledOffSessions, sessionRow, type SessionState, waitingSessions } from '../session-states'

export const followSessionJob = (
  sessionId: string,
  event: SessionEvent,
  detail: Record<string, unknown> = {},
): Job => ({
  task: 'follow-session',
  payload: { sessionId, event, detail },
})

/** A new session's room at a provider that has to make it, where one is wanted there; made once the session is certain. */
export const wantRoom = async (req: PayloadRequest, session: Pick<SessionRow, 'id' | 'status'>): Promise<Job[]> => {
  if (settings.zoom === undefined || !(await insertWantedRoom(req, session.id, ['zoom']))) return []
  return session.status === 'scheduled' ? [settleRoomJob(session.id)] : []
}

/** What the room of a session at a provider has to follow; the room that needs no provider is there with the booking. */
const followRoom = async (req: PayloadRequest, sessionId: string): Promise<Job[]> =>
  (await wantRoomAnew(req, sessionId)) ? [settleRoomJob(sessionId)] : []

export const settleRoomJob = (sessionId: string): Job => ({
  task: 'settle-room',
  payload: { sessionId },
  key: `settle-room:${sessionId}`,
})

const settleJob = (paymentId: string): Job => ({
  task: 'settle-payment',
  payload: { paymentId },
  key: `settle-payment:${paymentId}`,
})

/** The deadlines of a session, as jobs; the sweep finds what they miss. */
export const deadlineJobs = (
  session: Pick<SessionRow, 'id' | 'status' | 'paymentDeadline' | 'endsAt'>,
  confirmBy: number | null,
): Job[] => [
  ...(session.paymentDeadline !== null && isOneOf(waitingSessions, session.status)
    ? [
        {
          task: 'expire-payment' as const,
          payload: { sessionId: session.id },
          key: `expire-payment:${session.id}`,
          runAt: new Date(session.paymentDeadline),
        },
      ]
    : []),
  ...(confirmBy !== null && session.status === 'pending_confirmation'
    ? [
        {
          task: 'expire-confirmation' as const,
          payload: { sessionId: session.id },
          key: `expire-confirmation:${session.id}`,
          runAt: new Date(confirmBy),
        },
      ]
    : []),
]

/** The consultant's share of what is kept is paid out when the time for complaints is over. */
const schedulePayout = async (req: PayloadRequest, session: SessionRow, now: number): Promise<void> => {
  const { paymentId } = session
  if (paymentId === null) return
  const { payoutDelayHours } = await bookingSettings(req)
  const dueAt = decidePayoutDue(session, { now, delayHours: payoutDelayHours })
  if (dueAt === null) return
  await storePayoutDue(req, paymentId, dueAt)
  await enqueue(req, settlePayoutJob(paymentId, { runAt: dueAt }))
}

const settleClaim = async (
  req: PayloadRequest,
  session: SessionRow,
  from: SessionState,
  now: number,
): Promise<void> => {
  const claim = await lockClaimOfSession(req, session.id)
  if (!claim) return
  if (isOneOf(calledOffSessions, session.status)) await releaseClaim(req, claim.id, now)
  else if (session.status === 'scheduled' && isOneOf(waitingSessions, from)) await bookClaim(req, claim.id, now)
}

const eventOf = (status: SessionState): SessionEvent => sessionRow(status).news

/** What follows when a session has come into another state; in the transaction of the change. */
export const followSessionChange = async (
  req: PayloadRequest,
  args: { sessionId: string; from: SessionState; actor: Actor; now: number },
): Promise<void> => {
  const { from, actor, now } = args
  const session = await requireSession(req, args.sessionId)
  await settleClaim(req, session, from, now)
  const refundId = await refundByPolicy(req, session, { actor, now })
  await schedulePayout(req, session, now)
  await followSessionRequest(req, session)
  if (session.status === 'scheduled' || isOneOf(calledOffSessions, session.status))
    await wantCalendarEvent(req, session.id)
  if (!isOneOf(waitingSessions, session.status)) {
    const jobs = ['expire-payment', 'expire-confirmation', 'expire-authorization']
    await cancelJobs(req, ...jobs.map((job) => `${job}:${session.id}`))
  }
  await enqueue(
    req,
    followSessionJob(session.id, eventOf(session.status), { from, by: actor.role, ...(refundId ? { refundId } : {}) }),
    publishSlotsJob(session.consultantId),
    ...(session.status === 'scheduled' || isOneOf(calledOffSessions, session.status)
      ? await followRoom(req, session.id)
      : []),
    ...(session.paymentId !== null && isOneOf(unsettledPayments, session.paymentStatus)
      ? [settleJob(session.paymentId)]
      : []),
  )
}

/** What follows when a session was moved; in the transaction of the move. */
export const followSessionMove = async (
  req: PayloadRequest,
  args: { sessionId: string; previous: { startsAt: number; endsAt: number }; actor: Actor; reason: string | undefined },
): Promise<void> => {
  const session = await requireSession(req, args.sessionId)
  await wantCalendarEvent(req, session.id)
  await enqueue(
    req,
    followSessionJob(session.id, 'rescheduled', {
      previous: args.previous,
      by: args.actor.role,
      reason: args.reason ?? null,
      sequence: session.sequence,
    }),
    publishSlotsJob(session.consultantId),
    ...(await followRoom(req, session.id)),
  )
}

/** What follows a new session that came through the admin or REST; booking commands do the same themselves. */
export const followNewSession = async (req: PayloadRequest, sessionId: string, now: number): Promise<void> => {
  const session = await requireSession(req, sessionId)
  if (session.slotId !== null) {
    const isBooked = session.status === 'scheduled'
    const db = await txDb(req)
    const { rows } = await db.execute(sql`
      SELECT (extract(epoch FROM hold_expires_at) * 1000)::float8 AS until FROM availability_slots WHERE id = ${session.slotId}`)
    await attachClaim(
      req,
      {
        slotId: session.slotId,
        sessionId,
        customerId: session.customerId,
        status: isBooked ? 'booked' : 'held',
        holdExpiresAt: (rows[0] as { until: number | null } | undefined)?.until ?? null,
      },
      now,
    )
  }
  if (session.status === 'scheduled') await wantCalendarEvent(req, sessionId)
  await enqueue(
    req,
    followSessionJob(sessionId, eventOf(session.status)),
    publishSlotsJob(session.consultantId),
    ...(await wantRoom(req, session)),
    ...deadlineJobs(session, session.status === 'pending_confirmation' ? session.startsAt : null),
  )
}
