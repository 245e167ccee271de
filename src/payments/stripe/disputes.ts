import type Stripe from 'stripe'
import type { DisputeState } from '../payment-states'
import { callStripe } from './provider-error'
import { getStripe } from './stripe-client'

/** What the bank moved because of a dispute, as it stands in the platform's balance; minor units, signed. */
export type DisputeMovement = { amount: number; fee: number; currency: string }

/** A dispute as Stripe says it is; amounts in minor units, currencies in upper case, instants in epoch ms. */
export type DisputeFacts = {
  id: string
  status: DisputeState
  /** May exceed the charge. */
  amount: number
  currency: string
  /** As the bank puts it. */
  reason: string
  openedAt: number
  /** Until when evidence can be sent; null when none can. */
  evidenceDueBy: number | null
  movements: DisputeMovement[]
  chargeId: string
  paymentIntentId: string | null
  /** Of the charge. */
  metadata: Record<string, string>
}

const expand = ['charge']

const idOf = (value: string | { id: string } | null): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null)

const hasTaken = (dispute: Stripe.Dispute): boolean =>
  dispute.balance_transactions.reduce((sum, { amount }) => sum + amount, 0) < 0

const stateOf = (dispute: Stripe.Dispute): DisputeState => {
  switch (dispute.status) {
    case 'warning_needs_response':
    case 'warning_under_review':
      return 'inquiry'
    case 'warning_closed':
      return 'inquiry_closed'
    case 'needs_response':
      return 'needs_response'
    case 'under_review':
      return 'under_review'
    case 'won':
      return 'won'
    case 'lost':
      return 'lost'
    // Lost once, and contested by us again: the money is gone until that is won.
    case 'appeal_needs_response':
    case 'appeal_under_review':
      return 'lost'
    // Settled before it became one; mostly without money, which was refunded instead.
    case 'prevented':
      return hasTaken(dispute) ? 'lost' : 'inquiry_closed'
    default:
      throw new Error(`Stripe says a dispute is "${dispute.status}", which is not known.`)
  }
}

/** @param dispute with its charge expanded; its balance transactions are part of it. */
export const toDisputeFacts = (dispute: Stripe.Dispute): DisputeFacts => {
  const dueBy = dispute.evidence_details.due_by
  return {
    id: dispute.id,
    status: stateOf(dispute),
    amount: dispute.amount,
    currency: dispute.currency.toUpperCase(),
    reason: dispute.reason,
    openedAt: dispute.created * 1000,
    evidenceDueBy: dueBy === null ? null : dueBy * 1000,
    movements: dispute.balance_transactions.map(({ amount, fee, currency }) => ({
      amount,
      fee,
      currency: currency.toUpperCase(),
    })),
    chargeId: idOf(dispute.charge) ?? '',
    paymentIntentId: idOf(dispute.payment_intent),
    metadata: typeof dispute.charge === 'object' ? dispute.charge.metadata : {},
  }
}

/** @throws ProviderError; code `resource_missing` when Stripe does not know it. */
export const retrieveDispute = async (disputeId: string, stripe: Stripe = getStripe()): Promise<DisputeFacts> =>
  toDisputeFacts(await callStripe(() => stripe.disputes.retrieve(disputeId, { expand })))

/** Every dispute of a charge; the newest first. @throws ProviderError */
export const listDisputesOfCharge = async (chargeId: string, stripe: Stripe = getStripe()): Promise<DisputeFacts[]> => {
  const disputes = await callStripe(() =>
    stripe.disputes.list({ charge: chargeId, limit: 100, expand: ['data.charge'] }).autoPagingToArray({ limit: 1_000 }),
  )
  return disputes.map(toDisputeFacts)
}

/**
 * Sends evidence to the bank, for good.
 * @throws ProviderError; definitive when the dispute is decided or its time is over.
 */
export const submitEvidence = async (
  {
    disputeId,
    evidence,
    idempotencyKey,
  }: { disputeId: string; evidence: Stripe.DisputeUpdateParams.Evidence; idempotencyKey: string },
  stripe: Stripe = getStripe(),
): Promise<DisputeFacts> =>
  toDisputeFacts(
    await callStripe(() => stripe.disputes.update(disputeId, { evidence, submit: true, expand }, { idempotencyKey })),
  )

/** Tells the bank that the customer is right; the dispute is lost. @throws ProviderError */
export const closeDispute = async (
  { disputeId, idempotencyKey }: { disputeId: string; idempotencyKey: string },
  stripe: Stripe = getStripe(),
): Promise<DisputeFacts> =>
  toDisputeFacts(await callStripe(() => stripe.disputes.close(disputeId, { expand }, { idempotencyKey })))
