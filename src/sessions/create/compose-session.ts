import type { Offer, PolicyOverride } from '#availability/offers/offer'
import type { Interval } from '#availability/types'
import type { Meeting } from '#meetings/room-provider'
import { type CancellationPolicy, usualPolicy } from '#payments/refund/cancellation-policy'
import type { Actor } from '#shared/actor'
import { createId, createReference, deriveToken, hashToken } from '#shared/ids'
import { type Money, splitPrice } from '#shared/money'
import type { SessionState } from '../session-states'
import { minuteMs } from '#shared/time'

type PolicyDefaults = {
  cancellationPolicy: PolicyOverride
  noShowRefundPercentage: number
}

/** The policy of a new booking: each part from the most specific place that says something. */
export const resolvePolicy = (overrides: readonly PolicyOverride[], defaults: PolicyDefaults): CancellationPolicy => {
  const all = [...overrides, defaults.cancellationPolicy]
  const first = (part: keyof PolicyOverride, fallback: number) =>
    all.map((policy) => policy[part]).find((value) => typeof value === 'number') ?? fallback
  return {
    refundableBeforeHours: first('refundableBeforeHours', usualPolicy.refundableBeforeHours),
    refundPercentage: first('refundPercentage', usualPolicy.refundPercentage),
    lateRefundPercentage: first('lateRefundPercentage', usualPolicy.lateRefundPercentage),
    noShowRefundPercentage: defaults.noShowRefundPercentage,
  }
}

/** One entry of `statusHistory`. */
export const historyEntry = (args: {
  from: string | null
  to: string
  actor: Actor
  now: number
  reason?: string | undefined
}) => ({
  // Payload makes it otherwise, but not for rows that are written past its hooks.
  id: createId(),
  from: args.from,
  to: args.to,
  at: new Date(args.now).toISOString(),
  by: args.actor.id,
  actorRole: args.actor.role,
  reason: args.reason ?? null,
})

export type SessionTerms = {
  offer: Offer
  session: Interval
  price: Money
  status: SessionState
  actor: Actor
  /** What is to be remembered of how it was made. */
  reason: string | undefined
  platformFeeBps: number
  policyDefaults: PolicyDefaults
  /** The room that a session has with its booking. */
  roomOf: (reference: string) => Meeting
  secret: string
  now: number
}

/**
 * Everything of a new session that follows from what is booked: its names, its price with split and policy as they are now
 * (later edits of the service type change nothing that is booked), its room and the first line of its history.
 */
export const composeSession = (terms: SessionTerms) => {
  const { offer, session, price, actor, now } = terms
  const reference = createReference('PY')
  const split = splitPrice({ ...price, feeBps: terms.platformFeeBps })
  return {
    reference,
    manageTokenHash: hashToken(deriveToken(terms.secret, 'session-manage', reference)),
    status: terms.status,
    startsAt: new Date(session.start).toISOString(),
    endsAt: new Date(session.end).toISOString(),
    durationMinutes: (session.end - session.start) / minuteMs,
    sequence: 0,
    price: {
      ...price,
      ...split,
      platformFeeBps: terms.platformFeeBps,
      cancellationPolicy: resolvePolicy(offer.policies, terms.policyDefaults),
    },
    meeting: terms.roomOf(reference),
    statusHistory: [historyEntry({ from: null, to: terms.status, actor, now, reason: terms.reason })],
  }
}
