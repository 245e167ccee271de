import { expiryReasons } from '../expiry-reasons'
import type { SessionRow } from '../session-queries'
import { heldSessions, liveSessions, sessionRow, type SessionState, waitsForEmail } from '../session-states'
import type { SessionEvent } from '../session-events'
import { collectedPayments, everCollectedPayments, securedPayments } from '#payments/payment-states'
import type { ActorRole } from '#shared/actor'
import type { Money } from '#shared/money'
import { isOneOf } from '#shared/state-table'
import { snapshotSession } from '#notifications/render/compose-snapshots'
import { deliveriesOut } from '#notifications/delivery-states'
import type { PlannedMessage } from '#notifications/record-message'
import { minuteMs } from '#shared/time'

/** What was said about the session before, the latest first. */
export type Told = {
  kind: string
  audience: string
  state: string
  /** The version and the time of the session that it spoke of; epoch milliseconds. */
  sequence: number | null
  startsAt: number | null
  endsAt: number | null
}

/** A refund as messages speak of it; its amount in minor units. */
export type RefundMessageFacts = {
  id: string
  amount: number
  currency: string
  reason: string
  failureReason: string | null
  /** Nobody has returned it or taken it back yet. */
  isWaiting: boolean
  /** The payment was made outside of Stripe, and so is the refund. */
  isElsewhere: boolean
}

export type SessionMessageFacts = {
  session: SessionRow
  told: readonly Told[]
  /** Who made the booking. */
  openedBy: ActorRole
  /** The state before the change. */
  from: SessionState | null
  /** Who made the change. */
  by: ActorRole
  /** Why, in the words of whoever made it. */
  reason: string | null
  /** Where a session lay that was moved, and the version that it was moved to. */
  move: { previous: { startsAt: number; endsAt: number }; sequence: number } | null
  /** The refund that this is about, or that the change brought about. */
  refund: RefundMessageFacts | null
  /** Reference of the latest payment. */
  paymentReference: string | null
  /** Epoch milliseconds. */
  now: number
}

type Side = 'customer' | 'consultant'

const bothSides: readonly Side[] = ['customer', 'consultant']
const timeMessages: readonly string[] = ['booking_confirmation', 'booking_rescheduled']
/** Who is still on the payment page needs no mail that asks for it; epoch milliseconds later they may have left it. */
const patienceMs = 5 * minuteMs

const sideOf = (role: ActorRole): 'customer' | 'consultant' | 'operations' =>
  role === 'customer' || role === 'consultant' ? role : 'operations'

const isTold = (told: readonly Told[], audience: Side, kinds: readonly string[]): boolean =>
  told.some((message) => message.audience === audience && kinds.includes(message.kind))

/** A consultant hears of the end of a booking only if they ever heard of it. */
const isConsultantInvolved = ({ told, from }: SessionMessageFacts): boolean =>
  from === 'scheduled' || isTold(told, 'consultant', ['booking_awaiting_confirmation', ...timeMessages])

type RefundPart = Money & { isElsewhere?: true }

/** Banks and their days are spoken of only where Stripe returns it. */
const wayOf = (refund: RefundMessageFacts | null): { isElsewhere?: true } =>
  refund?.isElsewhere ? { isElsewhere: true } : {}

/** What goes back; null where nothing was paid. */
const refundOf = ({ session, refund }: SessionMessageFacts): RefundPart | null =>
  isOneOf(everCollectedPayments, session.paymentStatus)
    ? { amount: refund?.amount ?? 0, currency: session.currency, ...wayOf(refund) }
    : null

/** Reasons of our own are codes; those of people are sentences. */
const wordsOf = (reason: string): string | null => (/^[a-z]+(_[a-z]+)+$/.test(reason) ? null : reason)

const whenCreated = ({ session, openedBy, now }: SessionMessageFacts): PlannedMessage[] => {
  const snapshot = snapshotSession(session)
  const { status, paymentDeadline, confirmBy } = session
  const { waitsFor } = sessionRow(status)
  if (waitsFor === 'payment' && paymentDeadline !== null) {
    const patience = Math.min(patienceMs, (paymentDeadline - now) / 2)
    return [
      {
        kind: 'booking_pending_payment',
        audience: 'customer',
        data: { session: snapshot, deadline: paymentDeadline },
        ...(openedBy === 'customer' && patience > 0 ? { sendAfter: Math.round(now + patience) } : {}),
      },
    ]
  }
  if (waitsFor !== 'confirmation' || confirmBy === null) return []
  // Nobody is asked to confirm what may never be paid.
  if (session.amount > 0 && !isOneOf(securedPayments, session.paymentStatus)) return []
  return bothSides.map((audience) => ({
    kind: 'booking_awaiting_confirmation',
    audience,
    data: { session: snapshot, deadline: confirmBy },
  }))
}

/**
 * The confirmation and, once the price is collected, the receipt; each of them once in the life of a session. What was returned before anybody
 * came to say so was paid all the same: its receipt names the invoice, and the refund follows from it.
 */
const whenScheduled = ({ session, told, paymentReference }: SessionMessageFacts): PlannedMessage[] => {
  const snapshot = snapshotSession(session)
  const unaware = isOneOf(liveSessions, session.status)
    ? bothSides.filter((side) => !isTold(told, side, timeMessages))
    : []
  const isReceiptDue =
    paymentReference !== null &&
    isOneOf(collectedPayments, session.paymentStatus) &&
    !isTold(told, 'customer', ['payment_received'])
  return [
    ...unaware.map((audience) => ({
      kind: 'booking_confirmation' as const,
      audience,
      data: { session: snapshot },
    })),
    ...(isReceiptDue
      ? [
          {
            kind: 'payment_received' as const,
            audience: 'customer' as const,
            data: {
              session: snapshot,
              payment: {
                reference: paymentReference,
                paid: { amount: session.paymentAmount, currency: session.currency },
                invoiceNumber: session.invoiceNumber,
                receiptUrl: session.receiptUrl,
              },
            },
          },
        ]
      : []),
  ]
}

/**
 * Where the session lay as far as that side knows: a mail that never went out told nobody anything. null: they know the
 * present time already, or are about to be told.
 */
const knownTime = (side: Side, { session, told, move }: SessionMessageFacts) => {
  const messages = told.filter(
    ({ kind, audience, state }) => audience === side && timeMessages.includes(kind) && isOneOf(deliveriesOut, state),
  )
  const [latest] = messages
  if (latest?.sequence === session.sequence) return null
  if (latest?.state === 'sent' && latest.startsAt === session.startsAt) return null
  const sent = messages.find(({ state }) => state === 'sent')
  // A mail with another time may be on its way at this moment, so this one goes out although the last one sent was right.
  if (sent && sent.startsAt !== null && sent.endsAt !== null && sent.startsAt !== session.startsAt) {
    return { startsAt: sent.startsAt, endsAt: sent.endsAt }
  }
  return move?.previous ?? null
}

const whenMoved = (facts: SessionMessageFacts): PlannedMessage[] => {
  const { session, move, by, reason } = facts
  // Moved again or ended since: what follows from that says how things are now.
  if (!move || move.sequence !== session.sequence || !isOneOf(liveSessions, session.status)) return []
  return bothSides.flatMap((audience) => {
    const previous = knownTime(audience, facts)
    return previous
      ? [
          {
            kind: 'booking_rescheduled' as const,
            audience,
            data: { session: snapshotSession(session), previous, movedBy: sideOf(by), reason },
          },
        ]
      : []
  })
}

const waitedFor = (reason: string | null, isConsultantInvolved: boolean) => {
  if (reason === expiryReasons.authorization) return 'authorization' as const
  return isConsultantInvolved ? ('confirmation' as const) : ('payment' as const)
}

const whenClosed = (facts: SessionMessageFacts): PlannedMessage[] => {
  const { reason, from } = facts
  const session = snapshotSession(facts.session)
  const refund = refundOf(facts)
  const involved = isConsultantInvolved(facts) ? bothSides : (['customer'] as const)
  const { cause } = sessionRow(facts.session.status)
  // Of one that was refunded, the refund itself is what there is to tell.
  if (cause === null) return []
  if ('noShow' in cause) {
    return bothSides.map((audience) => ({
      kind: 'no_show',
      audience,
      data: { session, missing: cause.noShow, refund },
    }))
  }
  const { cancelledBy } = cause
  if (cancelledBy !== 'system') {
    return involved.map((audience) => ({
      kind: 'booking_cancelled',
      audience,
      data: { session, cancelledBy, wasScheduled: from === 'scheduled', reason, refund },
    }))
  }
  if (facts.session.status === 'declined') {
    return [{ kind: 'booking_declined', audience: 'customer', data: { session, reason, refund } }]
  }
  // Everybody has it in their calendar already.
  if (from === 'scheduled') {
    return involved.map((audience) => ({
      kind: 'booking_cancelled',
      audience,
      data: { session, cancelledBy: 'payment', wasScheduled: true, reason: null, refund },
    }))
  }
  return involved.map((audience) => ({
    kind: 'booking_expired',
    audience,
    data: { session, waitedFor: waitedFor(reason, involved.length > 1) },
  }))
}

const whenPaidTooLate = ({ session }: SessionMessageFacts): PlannedMessage[] =>
  (['customer', 'operations'] as const).map((audience) => ({
    kind: 'late_payment_refunded',
    audience,
    data: {
      session: snapshotSession(session),
      refund: { amount: session.paymentAmount, currency: session.currency },
    },
  }))

const whenRefunded = ({ session, refund }: SessionMessageFacts): PlannedMessage[] => {
  // Of a late payment the customer knows already that it comes back.
  if (!refund || refund.reason === 'late_payment') return []
  const { id, amount, currency, reason } = refund
  return [
    {
      kind: 'refund_processed',
      audience: 'customer',
      data: {
        session: snapshotSession(session),
        refund: { amount, currency, ...wayOf(refund) },
        reason: wordsOf(reason),
      },
      occasion: id,
    },
  ]
}

const whenRefundFailed = ({ session, refund }: SessionMessageFacts): PlannedMessage[] =>
  refund
    ? [
        {
          kind: 'refund_failed',
          audience: 'operations',
          data: {
            session: snapshotSession(session),
            refund: { amount: refund.amount, currency: refund.currency },
            reason: refund.failureReason,
          },
          occasion: refund.id,
        },
      ]
    : []

/** Stripe never had the money, so somebody has to return it; unless that is done, or taken back, by now. */
const whenRefundToReturn = ({ session, refund }: SessionMessageFacts): PlannedMessage[] =>
  refund?.isWaiting
    ? [
        {
          kind: 'refund_to_return',
          audience: 'operations',
          data: {
            session: snapshotSession(session),
            refund: { amount: refund.amount, currency: refund.currency },
            reason: wordsOf(refund.reason),
          },
          occasion: refund.id,
        },
      ]
    : []

/** The one mail that goes to an address which nobody has shown to be theirs. Of what becomes of the booking without that nobody else hears, ever. */
const whenUnopened = (event: SessionEvent, session: SessionRow): PlannedMessage[] =>
  event === 'created' && session.emailConfirmBy !== null && waitsForEmail(session)
    ? [
        {
          kind: 'booking_to_confirm',
          audience: 'customer',
          data: { session: snapshotSession(session), deadline: session.emailConfirmBy },
        },
      ]
    : []

/**
 * Whom to tell what after something happened to a session, given how it stands now and what was said before. Jobs come late,
 * twice and out of order, so it goes by the present state: what is no longer so is not said. Pure.
 */
export const decideSessionMessages = (event: SessionEvent, facts: SessionMessageFacts): PlannedMessage[] => {
  const { session } = facts
  if (session.emailConfirmBy !== null) return whenUnopened(event, session)
  switch (event) {
    case 'created':
      return whenCreated(facts)
    case 'scheduled':
      return whenScheduled(facts)
    case 'rescheduled':
      return whenMoved(facts)
    case 'closed':
      return whenClosed(facts)
    case 'started':
      return session.status === 'in_progress'
        ? [{ kind: 'session_started', audience: 'customer', data: { session: snapshotSession(session) } }]
        : []
    case 'completed':
      return isOneOf(heldSessions, session.status) && !session.hasReview
        ? [{ kind: 'session_completed', audience: 'customer', data: { session: snapshotSession(session) } }]
        : []
    case 'payment-failed':
      return sessionRow(session.status).waitsFor === 'payment'
        ? [
            {
              kind: 'payment_failed',
              audience: 'customer',
              data: { session: snapshotSession(session), deadline: session.paymentDeadline },
            },
          ]
        : []
    case 'paid-too-late':
      return whenPaidTooLate(facts)
    case 'refunded':
      return whenRefunded(facts)
    case 'refund-failed':
      return whenRefundFailed(facts)
    case 'refund-to-return':
      return whenRefundToReturn(facts)
    case 'recording-ready':
      return session.recordingUrl === null
        ? []
        : bothSides.map((audience) => ({
            kind: 'recording_ready',
            audience,
            data: { session: snapshotSession(session), availableUntil: session.recordingExpiresAt },
          }))
  }
}
