import type { PayloadRequest } from 'payload'
import type { ScheduledSession } from '../../payload-types'
import { computeCaptureDeadline } from '../payments/capture-deadline'
import type { PaymentState } from '../payments/payment-states'
import type { Actor } from '../shared/actor'
import { DomainError } from '../shared/errors'
import { actorOnRecord } from './act-as'
import { bookingSettings } from './booking-settings'
import { historyEntry } from './compose-session'
import { decideReschedule } from './decide-reschedule'
import { decideSessionTransition } from './decide-session-transition'
import { keepFacts } from './keep-facts'
import { moveClaim } from './move-claim'
import { lockFacts } from './session-fact-queries'
import { requireSession } from './session-queries'
import type { SessionState } from './session-states'

type SessionData = Partial<ScheduledSession>

/** Booked as they are: who wants something else cancels and books anew. */
const fixed = ['consultant', 'customer', 'serviceType', 'durationMinutes', 'request', 'reference'] as const

const idOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : value

const refuseFixed = (data: SessionData, original: ScheduledSession): void => {
  const changed = fixed.filter(
    (path) => data[path] !== undefined && data[path] !== null && idOf(data[path]) !== idOf(original[path]),
  )
  const priceChanged = data.price?.amount !== undefined && data.price.amount !== original.price.amount
  const paths = [...changed, ...(priceChanged ? ['price.amount'] : [])]
  if (!paths.length) return
  throw new DomainError(
    'invalid_request',
    `${paths.join(', ')} of a session cannot be changed. Cancel it and book another one.`,
    {
      errors: paths.map((path) => ({ path, message: 'cannot be changed' })),
    },
  )
}

const reasonOf = (req: PayloadRequest, data: SessionData): string | undefined => {
  const named: unknown = req.context.reason
  if (typeof named === 'string') return named
  return data.cancellation?.reason ?? undefined
}

const isCancellation = (status: SessionState) => status.startsWith('cancelled_')

const changeStatus = (
  data: SessionData,
  original: ScheduledSession,
  args: { actor: Actor; now: number; reason: string | undefined },
): SessionData => {
  const { actor, now, reason } = args
  const to = data.status ?? original.status
  const clock = { startsAt: Date.parse(original.startsAt), endsAt: Date.parse(original.endsAt), now }
  const refusal = decideSessionTransition({ from: original.status, to, role: actor.role, clock })
  if (refusal) throw refusal
  const at = new Date(now).toISOString()
  return {
    ...data,
    statusHistory: [...(original.statusHistory ?? []), historyEntry({ from: original.status, to, actor, now, reason })],
    ...(isCancellation(to)
      ? {
          sequence: (original.sequence ?? 0) + 1,
          cancellation: { by: actor.role, requestedAt: at, approvedAt: at, cancelledAt: at, reason: reason ?? null },
        }
      : {}),
    ...(to === 'in_progress' ? { meeting: { ...original.meeting, ...data.meeting, startedAt: at } } : {}),
    ...(to === 'completed'
      ? { meeting: { ...original.meeting, ...data.meeting, ...endOfMeeting(data, clock.endsAt, now) } }
      : {}),
  }
}

const endOfMeeting = ({ meeting }: Pick<SessionData, 'meeting'>, endsAt: number, now: number) => {
  const { startedAt, endedAt } = meeting ?? {}
  // What its provider reported stays as it is.
  if (!startedAt || endedAt) return {}
  // A session that the sweep completes later ended when it was meant to.
  const end = Math.min(now, Math.max(endsAt, Date.parse(startedAt)))
  return {
    endedAt: new Date(end).toISOString(),
    actualDurationMinutes: Math.max(0, Math.round((end - Date.parse(startedAt)) / 60_000)),
  }
}

const changeTime = async (
  req: PayloadRequest,
  data: SessionData,
  original: ScheduledSession,
  args: { actor: Actor; now: number; reason: string | undefined },
): Promise<SessionData> => {
  const { actor, now, reason } = args
  const { reschedulePolicy } = await bookingSettings(req)
  const history = original.rescheduleHistory ?? []
  const refusal = decideReschedule({
    status: original.status,
    startsAt: Date.parse(original.startsAt),
    now,
    role: actor.role,
    timesMoved: history.length,
    policy: reschedulePolicy,
  })
  if (refusal) throw refusal
  const start = Date.parse(data.startsAt ?? '')
  const end = start + original.durationMinutes * 60_000
  const { fromSlot, toSlot } = await moveClaim(req, { sessionId: original.id, start, end, now })
  return {
    ...data,
    startsAt: new Date(start).toISOString(),
    endsAt: new Date(end).toISOString(),
    slot: toSlot,
    sequence: (original.sequence ?? 0) + 1,
    statusHistory: [
      ...(original.statusHistory ?? []),
      historyEntry({ from: 'scheduled', to: 'scheduled', actor, now, reason: reason ?? 'moved' }),
    ],
    rescheduleHistory: [
      ...history,
      {
        fromSlot,
        toSlot,
        fromStartsAt: original.startsAt,
        toStartsAt: new Date(start).toISOString(),
        at: new Date(now).toISOString(),
        by: actor.id,
        actorRole: actor.role,
        reason: reason ?? null,
      },
    ],
  }
}

const needsPayment: readonly (string | null)[] = [
  'pending',
  'processing',
  'failed',
  'cancelled',
] satisfies PaymentState[]

/** A yes to a session that nobody has paid or authorised, or whose card cannot be charged any more, would be one at no charge. */
const refuseUnpaid = async (
  req: PayloadRequest,
  data: SessionData,
  original: ScheduledSession,
  now: number,
): Promise<void> => {
  if (original.status !== 'pending_confirmation' || data.status !== 'scheduled') return
  const { paymentStatus, captureBefore } = await requireSession(req, original.id)
  const isLapsed = captureBefore !== null && computeCaptureDeadline(captureBefore) <= now
  if (paymentStatus === 'authorized' && isLapsed) {
    throw new DomainError(
      'illegal_transition',
      "The reservation on the customer's card has run out, so it can no longer be charged. The booking ends by itself, and the customer is told.",
    )
  }
  if (!needsPayment.includes(paymentStatus)) return
  throw new DomainError('illegal_transition', 'The customer has not authorised the payment yet.')
}

/**
 * The gate of every change of a session, whoever writes: state changes follow the table, changes of the start move the claim
 * with it, what was agreed stays as it was, and so does what others have written since the document was read.
 * @throws DomainError naming what is allowed instead.
 */
export const prepareSessionChange = async (
  req: PayloadRequest,
  data: SessionData,
  original: ScheduledSession,
): Promise<SessionData> => {
  refuseFixed(data, original)
  const isMoved = data.startsAt !== undefined && Date.parse(data.startsAt) !== Date.parse(original.startsAt)
  const isChanged = data.status !== undefined && data.status !== original.status
  if (isMoved && isChanged) {
    throw new DomainError('invalid_request', 'Change the time or the status, not both at once.')
  }
  // `payload.update` read the document before this hook and writes all of it, so whoever wrote meanwhile would be written over.
  const locked = await lockFacts(req, original.id)
  if (locked?.status !== original.status || locked.start !== Date.parse(original.startsAt)) {
    throw new DomainError('conflict', 'The session was changed by somebody else meanwhile. Load it again.')
  }
  const kept = keepFacts(locked, { sent: data, read: original })
  // The end follows from the start; what a form sends along for it does not count.
  const rest: SessionData = { ...data, ...kept, endsAt: original.endsAt }
  if (!isMoved && !isChanged) return rest
  const actor = await actorOnRecord(req, original)
  const args = { actor, now: Date.now(), reason: reasonOf(req, data) }
  if (isMoved) return changeTime(req, rest, original, args)
  const changed = changeStatus(rest, original, args)
  await refuseUnpaid(req, data, original, args.now)
  return changed
}
