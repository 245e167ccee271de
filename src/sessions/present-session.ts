import { doorOfRole } from './rooms/room-doors'
import type { AttributeDefinition } from '#attributes/attribute-definition'
import { pickReadable, viewerOfRole } from '#attributes/decide-attribute-access'
import type { Actor } from '#shared/actor'
import { deriveToken } from '#shared/ids'
import { isOneOf } from '#shared/state-table'
import { type AskedOfSession, decideActions } from './decide-actions'
import type { ReschedulePolicy } from './decide-reschedule'
import type { SessionRow } from './session-queries'
import { presentClaim } from './no-show/present-claim'
import { paidAmountOf } from './compute-paid-amount'
import { liveSessions } from './session-states'
import { iso } from '#shared/time'

/** What operations have set that decides what may be done. */
type AskedSettings = { reschedulePolicy: ReschedulePolicy; payoutDelayHours: number }

export type PresentationContext = {
  serverUrl: string
  secret: string
  settings: AskedSettings
  now: number
  actor: Actor
  /** Of sessions. */
  attributeDefinitions: readonly AttributeDefinition[]
}

/**
 * Our own stable link into the meeting; it redirects to the provider's room, so mails stay right when the room changes. The
 * consultant's opens the room as its host, and is never shown to the other side; staff's is nobody's.
 */
export const joinUrlOf = (
  session: Pick<SessionRow, 'reference'>,
  { serverUrl, secret, actor }: { serverUrl: string; secret: string; actor?: Pick<Actor, 'role'> },
): string => {
  const key = deriveToken(secret, doorOfRole(actor?.role), session.reference)
  return `${serverUrl}/api/booking/sessions/${session.reference}/join?key=${key}`
}

/** What there is to know about a session and whoever asks, to decide what they may do with it. */
export const askedOfSession = (
  session: SessionRow,
  context: { now: number; actor: Pick<Actor, 'role'>; settings: AskedSettings },
): AskedOfSession => ({
  ...session,
  now: context.now,
  role: context.actor.role,
  policy: context.settings.reschedulePolicy,
  complaintHours: context.settings.payoutDelayHours,
  leftToReturn: paidAmountOf(session) - session.refundedAmount,
  hasMeeting: session.meetingJoinUrl !== null,
})

/** What somebody sees of a session's attributes, and how to show it: each that has a value, in the order of operations. */
const attributesOf = (session: SessionRow, { actor, attributeDefinitions }: PresentationContext) => {
  const attributes = pickReadable(
    session.attributes['scheduled-sessions'],
    attributeDefinitions,
    viewerOfRole(actor.role),
  )
  const attributeFields = attributeDefinitions
    .filter(({ key }) => Object.hasOwn(attributes, key))
    .map(({ key, label, type, options }) => ({ key, label, type, options }))
  return { attributes, attributeFields }
}

/** A scheduled session as the public API shows it: nothing internal, no split of the price, no addresses. */
export const presentSession = (session: SessionRow, context: PresentationContext) => ({
  reference: session.reference,
  status: session.status,
  start: iso(session.startsAt),
  end: iso(session.endsAt),
  durationMinutes: session.durationMinutes,
  timeZone: session.timeZone,
  consultant: { slug: session.consultantSlug, name: session.consultantName, timeZone: session.consultantTimeZone },
  serviceType: { slug: session.serviceTypeSlug, name: session.serviceTypeName },
  price: { amount: session.amount, currency: session.currency },
  meeting:
    session.meetingJoinUrl !== null && isOneOf(liveSessions, session.status)
      ? { joinUrl: joinUrlOf(session, context) }
      : null,
  actions: decideActions(askedOfSession(session, context)),
  policy: session.policy,
  claim: session.claim && presentClaim(session, session.claim, context),
  ...attributesOf(session, context),
  emailConfirmBy: session.emailConfirmBy === null ? null : iso(session.emailConfirmBy),
  createdAt: iso(session.createdAt),
})

/** The money side of a session, as whoever may see the session sees it. */
export const presentSessionPayment = (
  session: SessionRow,
  { actor, serverUrl }: Pick<PresentationContext, 'actor' | 'serverUrl'>,
) => {
  if (session.paymentId === null) return null
  const isCustomers = actor.role !== 'consultant'
  const { captureBefore, paymentReference, paymentStatus } = session
  return {
    reference: paymentReference,
    status: paymentStatus,
    amount: { amount: session.paymentAmount, currency: session.currency },
    refunded: { amount: session.refundedAmount, currency: session.currency },
    captureBefore: paymentStatus === 'authorized' && captureBefore !== null ? iso(captureBefore) : null,
    receiptUrl: isCustomers ? session.receiptUrl : null,
    invoiceUrl:
      isCustomers && session.invoiceNumber !== null && paymentReference !== null
        ? `${serverUrl}/api/payments/${paymentReference}/invoice.pdf`
        : null,
  }
}
