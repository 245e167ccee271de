import type { PayloadRequest } from 'payload'
import type { ScheduledSession } from '#payload-types'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { actorOnRecord } from '#access/act-as'
import { bookingSettings } from '#availability/booking-settings'
import { historyEntry } from '../create/compose-session'
import { decideConfirmation } from '../decide-confirmation'
import { decideReschedule } from '../decide-reschedule'
import { decideSessionTransition } from '../decide-session-transition'
import { claimIsOpen, missedIn } from '../no-show/decide-no-show'
import { readNoShowDecision } from '../no-show/read-no-show-decision'
import { keepFacts } from './keep-facts'
import { moveClaim } from '#availability/claims/move-claim'
import { type Placement, placeFree } from '../create/place-session'
import { readOutsideReason } from '../create/read-outside-reason'
import { relatedId } from '#access/related-id'
import { lockFacts } from './session-fact-queries'
import { requireSession } from '../session-queries'
import { isCancellation, sessionStateNames } from '../session-states'
import { minuteMs } from '#shared/time'

type SessionData = Partial<ScheduledSession>

/** Booked as they are: who wants something else cancels and books anew. */
const fixed = ['consultant', 'customer', 'serviceType', 'durationMinutes', 'request', 'reference'] as const

/** Said of the price when it was booked. */
const fixedPrice = ['amount', 'currency', 'platformFeeAmount', 'consultantPayoutAmount', 'platformFeeBps'] as const

/** Written by the gate and by what follows it alone, whoever sends something else along: the history is never rewritten. */
const keptAsTheyAre = [
  'slot',
  'payment',
  'review',
  'charge',
  'chargeReason',
  'chargeReference',
  'price',
  'cancellation',
  'sequence',
  'emailConfirmBy',
  'statusHistory',
  'rescheduleHistory',
  'manageTokenHash',
] as const satisfies readonly (keyof ScheduledSession)[]

const idOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : value

/** Fields are checked one by one only after this. */
const refuseUnknownState = ({ status }: SessionData): void => {
  if (status === undefined || sessionStateNames.includes(status)) return
  const message = `must be one of ${sessionStateNames.join(', ')}`
  throw new DomainError('invalid_request', `status ${message}.`, { errors: [{ path: 'status', message }] })
}

const refuseFixed = (data: SessionData, original: ScheduledSession): void => {
  const changed = fixed.filter(
    (path) => data[path] !== undefined && data[path] !== null && idOf(data[path]) !== idOf(original[path]),
  )
  const { price } = data
  const priced = fixedPrice.filter((name) => price?.[name] !== undefined && price[name] !== original.price[name])
  const paths = [...changed, ...priced.map((name) => `price.${name}`)]
  if (!paths.length) return
  throw new DomainError(
    'invalid_request',
    `${paths.join(', ')} of a session cannot be changed. Cancel it and book another one.`,
    {
      errors: paths.map((path) => ({ path, message: 'cannot be changed' })),
    },
  )
}

/** A form gives its reason along with the cancellation. */
const reasonOf = (req: PayloadRequest, { status, cancellation }: SessionData): string | undefined => {
  const named: unknown = req.context.reason
  if (typeof named === 'string') return named
  return status && isCancellation(status) ? (cancellation?.reason ?? undefined) : undefined
}

const changeStatus = (
  data: SessionData,
  original: ScheduledSession,
  args: { actor: Actor; now: number; reason: string | undefined },
): SessionData => {
  const { actor, now, reason } = args
  const to = data.status ?? original.status
  const clock = {
    startsAt: Date.parse(original.startsAt),
    endsAt: Date.parse(original.endsAt),
    emailConfirmBy: parse(original.emailConfirmBy) ?? null,
    now,
  }
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
    // Kept where it came to nothing: of that the consultant never hears.
    ...(to === 'scheduled' ? { emailConfirmBy: null } : {}),
    ...(to === 'in_progress' ? { meeting: { ...data.meeting, startedAt: at } } : {}),
    ...(to === 'completed' ? { meeting: { ...data.meeting, ...endOfMeeting(data, clock.endsAt, now) } } : {}),
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
    actualDurationMinutes: Math.max(0, Math.round((end - Date.parse(startedAt)) / minuteMs)),
  }
}

const changeTime = async (
  req: PayloadRequest,
  data: SessionData,
  original: ScheduledSession,
  args: {
    actor: Actor
    now: number
    reason: string | undefined
    start: number
    outside: { reason: string } | undefined
  },
): Promise<SessionData> => {
  const { actor, now, reason, start } = args
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
  const { session, outsideOfferedTimes } = await placeMove(req, original, args)
  const { fromSlot, toSlot } = await moveClaim(req, {
    sessionId: original.id,
    consultantId: String(idOf(original.consultant)),
    start,
    end: session.end,
    now,
  })
  return {
    ...data,
    startsAt: new Date(start).toISOString(),
    endsAt: new Date(session.end).toISOString(),
    slot: toSlot,
    sequence: (original.sequence ?? 0) + 1,
    statusHistory: [
      ...(original.statusHistory ?? []),
      historyEntry({ from: 'scheduled', to: 'scheduled', actor, now, reason: whyMoved(reason, outsideOfferedTimes) }),
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

const whyMoved = (reason: string | undefined, outside: { reason: string } | undefined): string =>
  [reason ?? 'moved', ...(outside ? [`Outside the offered times: ${outside.reason}`] : [])].join(' – ')

/** Where a session may be moved to is decided as where a new one may lie. */
const placeMove = (
  req: PayloadRequest,
  original: ScheduledSession,
  { actor, now, start, outside }: { actor: Actor; now: number; start: number; outside: { reason: string } | undefined },
): Promise<Placement> =>
  placeFree(
    req,
    {
      consultant: relatedId(original.consultant) ?? '',
      serviceType: relatedId(original.serviceType) ?? '',
      start,
      durationMinutes: original.durationMinutes,
      outsideOfferedTimes: outside,
      isBusyElsewhere: undefined,
      exceptSlotId: relatedId(original.slot),
      path: 'startsAt',
    },
    { role: actor.role, now },
  )

const refuseUnpaid = async (
  req: PayloadRequest,
  data: SessionData,
  original: ScheduledSession,
  now: number,
): Promise<void> => {
  if (original.status !== 'pending_confirmation' || data.status !== 'scheduled') return
  const refusal = decideConfirmation({ ...(await requireSession(req, original.id)), now })
  if (refusal) throw refusal
}

/** What a side may only claim is recorded by nobody of them past the claim, and nothing is once the payout has left. */
const refuseContestedNoShow = async (
  req: PayloadRequest,
  { status }: SessionData,
  { actor, sessionId, now }: { actor: Actor; sessionId: string; now: number },
): Promise<void> => {
  const missing = status && missedIn(status)
  if (!missing) return
  const decision = await readNoShowDecision(req, { sessionId, missing, actor, now })
  if (decision.outcome === 'refused') throw decision.refusal
  if (decision.outcome === 'claim') {
    throw new DomainError(
      'illegal_transition',
      `${decision.objections.map(({ text }) => text).join(' ')} Report it by POST …/no-show: that makes it a claim, which operations decide.`,
    )
  }
}

const changedMeanwhile = () =>
  new DomainError('conflict', 'The session was changed by somebody else meanwhile. Load it again.')

/**
 * Whether a value of the session is to become what was sent. A form sends all that it has shown, also what nobody touched in it and
 * somebody else has changed since.
 * @param args.past what the value was before each later change, the earliest first.
 * @throws DomainError `conflict` when both have changed it.
 */
const isToChange = <Value>(sent: Value | undefined, { now, past }: { now: Value; past: unknown[] }): boolean => {
  const asRead = past[0] ?? now
  if (sent === undefined || sent === now || sent === asRead) return false
  if (asRead !== now) throw changedMeanwhile()
  return true
}

const parse = (instant: string | null | undefined): number | undefined => (instant ? Date.parse(instant) : undefined)

/**
 * The gate of every change of a session, whoever writes: state changes follow the table, changes of the start move the claim
 * with it, what was agreed stays as it was, and so does what others have written since the sender read the session.
 * @throws DomainError naming what is allowed instead.
 */
export const prepareSessionChange = async (
  req: PayloadRequest,
  data: SessionData,
  original: ScheduledSession,
): Promise<SessionData> => {
  refuseUnknownState(data)
  refuseFixed(data, original)
  const locked = await lockFacts(req, original.id)
  // Many at once are read before they are locked.
  if (locked?.status !== original.status || locked.start !== Date.parse(original.startsAt)) throw changedMeanwhile()
  const readAt = Date.parse(data.updatedAt ?? original.updatedAt)
  const isStale = readAt !== locked.updatedAt
  const later = <Entry extends { at: string }>(history: Entry[] | null | undefined): Entry[] =>
    isStale ? (history ?? []).filter(({ at }) => Date.parse(at) > readAt) : []
  const start = parse(data.startsAt) ?? locked.start
  if (!Number.isFinite(start)) {
    throw new DomainError('invalid_request', 'startsAt is no point in time. Send one such as 2030-01-31T09:00:00Z.', {
      errors: [{ path: 'startsAt', message: 'is no point in time' }],
    })
  }
  const isMoved = isToChange(start, {
    now: locked.start,
    past: later(original.rescheduleHistory).map(({ fromStartsAt }) => parse(fromStartsAt)),
  })
  const isChanged = isToChange(data.status, {
    now: locked.status,
    past: later(original.statusHistory).map(({ from }) => from),
  })
  if (isMoved && isChanged) {
    throw new DomainError('invalid_request', 'Change the time or the status, not both at once.')
  }
  const kept = keepFacts(locked, { sent: data, read: original, isStale })
  const rest: SessionData = {
    ...data,
    ...kept,
    status: original.status,
    startsAt: original.startsAt,
    // The end follows from the start; what a form sends along for it does not count.
    endsAt: original.endsAt,
    // Emptied, it stays what it was: every session has a zone to be spoken of in.
    timeZone: data.timeZone ?? original.timeZone,
    language: data.language ?? original.language,
    ...Object.fromEntries(keptAsTheyAre.map((name) => [name, original[name]])),
  }
  delete rest.outsideOfferedTimes
  if (!isMoved && !isChanged) return rest
  const actor = await actorOnRecord(req, original)
  // What a bank or operations returned is so, whatever is claimed.
  if (locked.hasOpenClaim && actor.role !== 'payment') throw claimIsOpen()
  const args = { actor, now: Date.now(), reason: reasonOf(req, data) }
  if (isMoved) {
    const outside = readOutsideReason(data.outsideOfferedTimes)
    return changeTime(req, rest, original, { ...args, start, outside })
  }
  const changed = changeStatus({ ...rest, status: data.status }, original, args)
  await refuseUnpaid(req, data, original, args.now)
  await refuseContestedNoShow(req, changed, { actor, sessionId: original.id, now: args.now })
  return changed
}
