import { emitEvent } from '../emit-event'
import { addBalanceTransaction } from '../objects'
import type { StoredDispute } from '../stored-objects'
import { find, secondsOf, type World } from '../world'
import { escalateInquiry, inquiryEnd, withdrawnBy } from './open-dispute'
import { scheduleLater, unschedule } from './schedule-later'

const isInquiry = ({ status }: StoredDispute): boolean =>
  status === 'warning_needs_response' || status === 'warning_under_review'

/** Whether the bank has taken money and not yet decided who gets it. */
const isOpen = ({ status }: StoredDispute): boolean => status === 'needs_response' || status === 'under_review'

const close = (world: World, dispute: StoredDispute, status: 'won' | 'lost' | 'warning_closed'): void => {
  unschedule(world, 'expire_dispute', dispute.id)
  unschedule(world, 'decide_dispute', dispute.id)
  const previous = { status: dispute.status }
  dispute.status = status
  emitEvent(world, 'charge.dispute.closed', dispute, previous)
}

/** The bank decides for the platform. The fee is not given back. */
export const winDispute = (world: World, dispute: StoredDispute): void => {
  if (!isOpen(dispute)) return
  const entry = addBalanceTransaction(world, {
    type: 'adjustment',
    reporting_category: 'dispute_reversal',
    source: dispute.id,
    amount: withdrawnBy([dispute]),
    fee: 0,
    currency: dispute.currency,
    description: `Chargeback reversal for ${dispute.charge}`,
  })
  dispute.balance_transactions.push({ ...entry })
  dispute.is_charge_refundable = true
  close(world, dispute, 'won')
  emitEvent(world, 'charge.dispute.funds_reinstated', dispute)
}

/** The bank decides for the customer, or nobody contradicted. */
export const loseDispute = (world: World, dispute: StoredDispute): void => {
  if (isOpen(dispute)) close(world, dispute, 'lost')
}

/** An inquiry comes to nothing. */
export const closeInquiry = (world: World, dispute: StoredDispute): void => {
  if (isInquiry(dispute)) close(world, dispute, 'warning_closed')
}

/** The words for which Stripe decides at once while one tests. */
const decisions: Readonly<Record<string, (world: World, dispute: StoredDispute) => void>> = {
  winning_evidence: (world, dispute) => (isInquiry(dispute) ? closeInquiry : winDispute)(world, dispute),
  losing_evidence: (world, dispute) => (isInquiry(dispute) ? closeInquiry : loseDispute)(world, dispute),
  escalate_inquiry_evidence: escalateInquiry,
}

/** The bank has read the evidence; without such words it goes on thinking. */
export const decideByEvidence = (world: World, disputeId: string): void => {
  const dispute = find(world, 'disputes', disputeId)
  const words = dispute?.evidence.uncategorized_text ?? ''
  if (dispute && Object.hasOwn(decisions, words)) decisions[words]?.(world, dispute)
}

/** Nobody answered in time: a dispute is lost, an inquiry waits for what the bank does until it is forgotten. */
export const expireDispute = (world: World, disputeId: string): void => {
  const dispute = find(world, 'disputes', disputeId)
  if (!dispute) return
  if (isInquiry(dispute)) {
    const left = inquiryEnd(dispute) - secondsOf(world)
    if (left <= 0) return closeInquiry(world, dispute)
    if (dispute.status === 'warning_needs_response') dispute.evidence_details.past_due = true
    return scheduleLater(world, 'expire_dispute', disputeId, left * 1000)
  }
  if (dispute.status !== 'needs_response') return
  dispute.evidence_details.past_due = true
  loseDispute(world, dispute)
}
