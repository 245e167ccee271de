import type { PayloadRequest } from 'payload'
import { bookClaim, lockClaimOfSession, releaseClaim } from '#availability/claims/claim-queries'
import { wantCalendarEvent } from '#calendar/entries/event-queries'
import { cancelJobs, enqueue, type Job } from '#outbox/enqueue'
import type { SessionEvent } from '../session-events'
import { connectedProviders } from '#meetings/meeting-providers'
import { insertWantedRoom, wantRoomAnew } from '#meetings/room-queries'
import type { Actor } from '#shared/actor'
import { isOneOf } from '#shared/state-table'
import { closeMootClaim } from '../no-show/settle-claim'
import { publishSlotsJob } from '#availability/holds/hold-time'
import { requireSession, type SessionRow } from '../session-queries'
import {
  calledOffSessions,
  sessionRow,
  type SessionState,
  takesTime,
  waitingSessions,
  waitsForEmail,
} from '../session-states'

export const followSessionJob = (
  sessionId: string,
  event: SessionEvent,
  detail: Record<string, unknown> = {},
): Job => ({
  task: 'follow-session',
  errand: { sessionId, event, detail },
})

/** A new session's room at a provider that has to make it, where one is wanted there; made once the session is certain. */
export const wantRoom = async (req: PayloadRequest, session: Pick<SessionRow, 'id' | 'status'>): Promise<Job[]> => {
  const providers = connectedProviders()
  if (providers.length === 0 || !(await insertWantedRoom(req, session.id, providers))) return []
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

/** The deadlines of a session, as jobs; the sweep finds what they miss. */
export const deadlineJobs = (
  session: Pick<SessionRow, 'id' | 'status' | 'paymentDeadline' | 'confirmBy' | 'emailConfirmBy'>,
): Job[] => [
  ...(session.emailConfirmBy !== null && waitsForEmail(session)
    ? [
        {
          task: 'expire-unopened' as const,
          payload: { sessionId: session.id },
          key: `expire-unopened:${session.id}`,
          runAt: new Date(session.emailConfirmBy),
        },
      ]
    : []),
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
  ...(session.confirmBy !== null && session.status === 'pending_confirmation'
    ? [
        {
          task: 'expire-confirmation' as const,
          payload: { sessionId: session.id },
          key: `expire-confirmation:${session.id}`,
          runAt: new Date(session.confirmBy),
        },
      ]
    : []),
]

const settleClaim = async (
  req: PayloadRequest,
  session: SessionRow,
  { from, actor, now }: { from: SessionState; actor: Actor; now: number },
): Promise<void> => {
  const claim = await lockClaimOfSession(req, session.id)
  if (!claim) return
  if (isOneOf(calledOffSessions, session.status)) await releaseClaim(req, claim.id, now)
  else if (session.status === 'scheduled' && isOneOf(waitingSessions, from)) {
    // Who has only opened a link has neither paid nor been accepted: it still counts as theirs.
    await bookClaim(req, claim.id, { now, keepsClaimant: actor.role === 'system' })
  }
}

const eventOf = (status: SessionState): SessionEvent => sessionRow(status).news

/**
 * What else follows when a session has come into another state, in features that build on sessions: money, the request. Called in the
 * transaction of the change.
 * @returns jobs to enqueue after those of the session, and what its messages have to know.
 */
export type SessionConsequence = (
  req: PayloadRequest,
  session: SessionRow,
  change: { from: SessionState; actor: Actor; now: number },
) => Promise<{ jobs?: readonly Job[]; detail?: Record<string, unknown> } | undefined>

/** What follows when a session has come into another state; in the transaction of the change. */
export const followSessionChange = async (
  req: PayloadRequest,
  args: {
    sessionId: string
    from: SessionState
    actor: Actor
    now: number
    consequences: readonly SessionConsequence[]
  },
): Promise<void> => {
  const { from, actor, now, consequences } = args
  const session = await requireSession(req, args.sessionId)
  await settleClaim(req, session, { from, actor, now })
  await closeMootClaim(req, session, now)
  const further: Awaited<ReturnType<SessionConsequence>>[] = []
  // One after another, in their order: they lock what they change.
  for (const consequence of consequences) further.push(await consequence(req, session, { from, actor, now }))
  if (session.status === 'scheduled' || isOneOf(calledOffSessions, session.status))
    await wantCalendarEvent(req, session.id)
  if (!isOneOf(waitingSessions, session.status)) {
    const jobs = ['expire-payment', 'expire-confirmation', 'expire-authorization', 'expire-unopened']
    await cancelJobs(req, ...jobs.map((job) => `${job}:${session.id}`))
  }
  await enqueue(
    req,
    followSessionJob(
      session.id,
      eventOf(session.status),
      Object.assign({ from, by: actor.role }, ...further.map((more) => more?.detail)),
    ),
    // One that was only confirmed takes the time that it took before.
    ...(takesTime(from) === takesTime(session.status) ? [] : [publishSlotsJob(session.consultantId)]),
    ...(session.status === 'scheduled' || isOneOf(calledOffSessions, session.status)
      ? await followRoom(req, session.id)
      : []),
    ...further.flatMap((more) => more?.jobs ?? []),
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
