import { movedPayouts, type PayoutState } from '#payments/payment-states'
import { type ActorRole, actorRoles } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { isOneOf } from '#shared/state-table'
import { hourMs, isoOrNull } from '#shared/time'
import { decideSessionTransition } from '../decide-session-transition'
import { sessionRow, type SessionState, stateMissedBy } from '../session-states'
import type { NoShowClaimState } from './no-show-claim-states'
import type { Words } from '#shared/words'

/** The two sides of a session. */
export const sessionSides = {
  customer: { en: 'Customer', de: 'Kundin/Kunde' },
  consultant: { en: 'Consultant', de: 'Fachperson' },
} as const satisfies Record<string, Words>
export type SessionSide = keyof typeof sessionSides
// Object.keys gives string[]; the table's keys are exactly the sides.
export const sessionSideNames = Object.keys(sessionSides) as SessionSide[]

export const otherSide = (side: SessionSide): SessionSide => (side === 'customer' ? 'consultant' : 'customer')

/** What of a session decides whether somebody may say at this moment that a side did not come. Instants are epoch milliseconds. */
export type NoShowAsked = {
  status: SessionState
  startsAt: number
  endsAt: number
  now: number
  role: ActorRole
  /** How the consultant's share stands; null where there is no payment. */
  payoutStatus: PayoutState | null
  /** Minor units: what was collected and not returned. */
  leftToReturn: number
  /** For how long after its end complaints are heard where no payout says when it is too late. */
  complaintHours: number
  /** The latest claim about it. */
  claim: { status: NoShowClaimState; missing: SessionSide } | null
}

/** What is known of who was there. Instants are epoch milliseconds. */
export type NoShowEvidence = {
  /** When a side went into the room: by its own link, or as the room's provider reported. */
  joinedAt: Record<SessionSide, number | null>
  /** Who said that it has begun; null when nobody did. */
  started: { by: ActorRole; at: number } | null
  /** Who said that it was held; `system` says so of every session that nobody else closed. */
  completed: { by: ActorRole; at: number } | null
  hasReview: boolean
}

/** What speaks against a report: for programs by its code, for people in words. */
export const noShowObjections = {
  attended: 'They were in the room',
  started: 'The session was started',
  completed: 'The session was marked as held',
  reviewed: 'The customer has reviewed the session',
  other_side: 'The other side had reported the same of whoever reports now',
} as const satisfies Record<string, string>

export type NoShowObjectionCode = keyof typeof noShowObjections
// Object.keys gives string[]; the table's keys are exactly the codes.
export const noShowObjectionCodes = Object.keys(noShowObjections) as NoShowObjectionCode[]
/** `at`: when that was, as an instant in ISO 8601; null where there is no one moment. */
export type NoShowObjection = { code: NoShowObjectionCode; text: string; at: string | null }

/** `recorded`: nothing speaks against it · `claim`: something does, so operations decide · `refused`: not possible now. */
export type NoShowDecision =
  | { outcome: 'recorded'; to: SessionState }
  | { outcome: 'claim'; objections: NoShowObjection[] }
  | { outcome: 'refused'; refusal: DomainError }

const refuse = (message: string): DomainError => new DomainError('illegal_transition', message)

const isSide = (role: ActorRole): role is SessionSide => role === 'customer' || role === 'consultant'

/** The side that a state says did not come. */
export const missedIn = (status: SessionState): SessionSide | undefined => {
  const { cause } = sessionRow(status)
  return cause !== null && 'noShow' in cause ? cause.noShow : undefined
}

/** While a claim is open its session waits for what operations decide. */
export const claimIsOpen = (): DomainError =>
  refuse(
    'One side claims that the other did not come. Nothing else is changed until operations have decided that claim.',
  )

/** Too late: what was earned is on its way. Undefined while it can be kept back. */
const refusedByPayout = ({
  status,
  payoutStatus,
  endsAt,
  complaintHours,
  now,
}: NoShowAsked): DomainError | undefined => {
  if (payoutStatus === 'due')
    return refuse('The payout is on its way at this moment. Try again in a minute, or ask operations for a refund.')
  if (isOneOf(movedPayouts, payoutStatus))
    return refuse(
      'The payout for this session has left, so it cannot be reported as missed any more. Ask operations for a refund.',
    )
  if (payoutStatus === null && sessionRow(status).phase === 'past' && now >= endsAt + complaintHours * hourMs)
    return refuse(`A no-show can be reported until ${complaintHours} hours after the end, and that is over.`)
  return undefined
}

/** The other side has said the same of whoever asks now: what operations can still decide is whether all of the price goes back. */
const refusedAfterReport = ({ role, leftToReturn }: NoShowAsked, missed: SessionSide): DomainError | undefined => {
  if (role !== missed) return refuse(`It is recorded already that the ${missed} did not come.`)
  if (missed === 'consultant')
    return refuse(
      'The customer has reported that the consultant did not come, and the price goes back to them. Write to operations.',
    )
  return leftToReturn > 0 ? undefined : refuse('Nothing of the price is left to return. Write to operations.')
}

/** A claim keeps a payout and is mailed to three sides, so each side makes one. */
const refusedAfterClaim: Partial<Record<NoShowClaimState, string>> = {
  rejected: 'Operations have rejected that claim. Write to them if there is something new to say.',
  withdrawn: 'That claim was withdrawn. Write to operations if there is something new to say.',
}

/**
 * Whether somebody may report now that `missing` did not come, whatever speaks against it.
 * @returns the refusal, which says what is so instead, or undefined.
 */
export const decideNoShowWindow = (asked: NoShowAsked, missing: SessionSide): DomainError | undefined => {
  const { claim, role, status } = asked
  if (claim?.status === 'open') return claimIsOpen()
  if (claim && claim.missing === missing && isSide(role)) {
    const refusal = refusedAfterClaim[claim.status]
    if (refusal !== undefined) return refuse(refusal)
  }
  if (role === missing) return refuse('A side reports only that the other one did not come.')
  const missed = missedIn(status)
  const refusal =
    missed !== undefined && isSide(role)
      ? refusedAfterReport(asked, missed)
      : decideSessionTransition({ from: status, to: stateMissedBy(missing), role, clock: asked })
  // Operations grant a claim whatever was transferred by hand meanwhile: it is taken back like after every refund.
  const isGranted = claim?.status === 'granted' && claim.missing === missing && !isSide(role)
  return refusal ?? (isGranted ? undefined : refusedByPayout(asked))
}

const whoIs = (role: ActorRole): string =>
  role === 'meeting'
    ? "the room's provider"
    : role === 'system'
      ? 'the system'
      : `the ${actorRoles[role].en.toLowerCase()}`

/** Who opens the room as its host is the consultant; whoever is neither side says it of both. */
const speaksFor = (role: ActorRole): readonly SessionSide[] => {
  switch (role) {
    case 'consultant':
    case 'meeting':
      return ['consultant']
    case 'customer':
      return ['customer']
    case 'admin':
    case 'operations':
      return sessionSideNames
    case 'payment':
    case 'system':
      return []
  }
}

const objectionsTo = (asked: NoShowAsked, evidence: NoShowEvidence, missing: SessionSide): NoShowObjection[] => {
  const { joinedAt, started, completed, hasReview } = evidence
  const joined = joinedAt[missing]
  const objections: NoShowObjection[] = []
  const add = (code: NoShowObjectionCode, text: string, at: number | null = null) =>
    objections.push({ code, text, at: isoOrNull(at) })
  if (joined !== null) add('attended', `The ${missing} was in the room.`, joined)
  if (started !== null && speaksFor(started.by).includes(missing))
    add('started', `The session was started by ${whoIs(started.by)}.`, started.at)
  // That it was held says of both sides that they were there, also from whoever says otherwise now.
  if (completed !== null && speaksFor(completed.by).length > 0)
    add('completed', `The session was marked as held by ${whoIs(completed.by)}.`, completed.at)
  if (hasReview) add('reviewed', 'The customer has reviewed the session.')
  const missed = missedIn(asked.status)
  if (missed !== undefined) add('other_side', `The ${otherSide(missed)} had reported that the ${missed} did not come.`)
  return objections
}

/**
 * What becomes of the report that `missing` did not come. What a side says is recorded at once where nothing speaks against it; against
 * attendance, a started session or the other side it is a claim. Operations decide at once, and so do reports of meetings, which are made
 * only where they leave no doubt.
 */
export const decideNoShow = (asked: NoShowAsked, evidence: NoShowEvidence, missing: SessionSide): NoShowDecision => {
  const refusal = decideNoShowWindow(asked, missing)
  if (refusal) return { outcome: 'refused', refusal }
  const objections = isSide(asked.role) ? objectionsTo(asked, evidence, missing) : []
  return objections.length ? { outcome: 'claim', objections } : { outcome: 'recorded', to: stateMissedBy(missing) }
}

/** The state that a session comes into when operations grant a claim: missed, or returned where the other side had it recorded before. */
export const stateIfGranted = (status: SessionState, missing: SessionSide): SessionState =>
  missedIn(status) === undefined ? stateMissedBy(missing) : 'refunded'
