import type { SessionRow } from '#sessions/session-queries'
import type { PayoutEvent } from '#payments/payout/payout-events'
import type { DisputeState, HeldReason } from '#payments/payment-states'
import type { Money } from '#shared/money'
import { snapshotSession } from '#notifications/render/compose-snapshots'
import type { PlannedMessage } from '#notifications/record-message'

export type PayoutMessageFacts = {
  session: SessionRow
  /** The transfer, debt or set-off that this is about. */
  transfer: { id: string; amount: number; currency: string } | null
  /** What waits at present, and why. */
  held: { amount: Money; reason: HeldReason; note: string | null } | null
  dispute: {
    id: string
    reference: string
    status: DisputeState
    amount: number
    currency: string
    /** Epoch ms. */
    evidenceDueBy: number | null
  } | null
}

const hosts = ['consultant', 'operations'] as const
/** The reasons to which the note is what operations wrote. */
const ofOperations: readonly HeldReason[] = ['by_operations', 'paid_elsewhere']

const whenHeld = ({ session, held }: PayoutMessageFacts): PlannedMessage[] => {
  // Of a dispute, and of a claim that one side did not come, everybody hears by itself.
  if (!held || held.reason === 'disputed' || held.reason === 'no_show_claim') return []
  // Operations have recorded it, and nobody holds anything against it; what they say of it later is told.
  if (held.reason === 'paid_elsewhere' && held.note === null) return []
  return hosts.map((audience) => ({
    kind: 'payout_held',
    audience,
    data: {
      session: snapshotSession(session),
      payout: held.amount,
      heldReason: held.reason,
      // Stripe's own words are for those who deal with Stripe.
      reason: audience === 'operations' || ofOperations.includes(held.reason) ? held.note : null,
    },
    // Once for each reason, however often it comes and goes.
    occasion: held.reason,
  }))
}

const aboutTransfer = (
  { session, transfer }: PayoutMessageFacts,
  event: 'paid' | 'set-off' | 'debt',
): PlannedMessage[] => {
  if (!transfer) return []
  const { id: occasion, amount, currency } = transfer
  const snapshot = snapshotSession(session)
  const money = { amount, currency }
  switch (event) {
    case 'paid':
      return [{ kind: 'payout_made', audience: 'consultant', data: { session: snapshot, payout: money }, occasion }]
    case 'set-off':
      return [{ kind: 'payout_set_off', audience: 'consultant', data: { session: snapshot, payout: money }, occasion }]
    case 'debt':
      return hosts.map((audience) => ({
        kind: 'debt_recorded',
        audience,
        data: { session: snapshot, debt: money },
        occasion,
      }))
  }
}

const outcomeOf = (status: DisputeState): 'won' | 'lost' | 'closed' | undefined => {
  switch (status) {
    case 'won':
    case 'lost':
      return status
    case 'inquiry_closed':
      return 'closed'
    case 'inquiry':
    case 'needs_response':
    case 'under_review':
      return undefined
  }
}

const aboutDispute = ({ session, dispute }: PayoutMessageFacts, event: 'opened' | 'decided'): PlannedMessage[] => {
  if (!dispute) return []
  const { id, reference, amount, currency, evidenceDueBy } = dispute
  const about = { session: snapshotSession(session), dispute: { id, reference, disputed: { amount, currency } } }
  const outcome = outcomeOf(dispute.status)
  if (event === 'decided') {
    if (!outcome) return []
    return hosts.map((audience) => ({ kind: 'dispute_decided', audience, data: { ...about, outcome }, occasion: id }))
  }
  // Decided by the time that anybody could be told that it began.
  if (outcome) return []
  return hosts.map((audience) => ({
    kind: 'dispute_opened',
    audience,
    data: { ...about, deadline: audience === 'operations' ? evidenceDueBy : null },
    occasion: id,
  }))
}

/**
 * Whom to tell what after something happened to a payout. Goes by how things stand now: what is no longer so is not said. Pure.
 */
export const decidePayoutMessages = (event: PayoutEvent, facts: PayoutMessageFacts): PlannedMessage[] => {
  switch (event) {
    case 'paid':
    case 'set-off':
    case 'debt':
      return aboutTransfer(facts, event)
    case 'held':
      return whenHeld(facts)
    case 'dispute-opened':
      return aboutDispute(facts, 'opened')
    case 'dispute-decided':
      return aboutDispute(facts, 'decided')
  }
}
