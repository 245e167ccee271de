import type { Payload, PayloadRequest } from 'payload'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { decideDisputeAnswer } from '#payments/dispute/decide-dispute'
import {
  type DisputeRow,
  findDispute,
  lockDispute,
  storeAnswerOutcome,
  storeAnswerRequest,
  storeEvidence,
} from '#payments/dispute/dispute-queries'
import { lockPayment } from '#payments/payment-queries'
import type { DisputeAnswer } from '#payments/payment-states'
import { closeDispute, type DisputeFacts, submitEvidence } from '#payments/stripe/disputes'
import { ProviderError } from '#payments/stripe/provider-error'
import { toStripeEvidence } from '#payments/stripe/to-stripe-evidence'
import type { Actor } from '#shared/actor'
import { collectEvidence } from './evidence-queries'
import { recordDispute } from './follow-dispute'

const lockToAnswer = async (req: PayloadRequest, disputeId: string, what: DisputeAnswer | 'refresh') => {
  const known = await findDispute(req, disputeId)
  if (known) await lockPayment(req, known.paymentId)
  const dispute = await lockDispute(req, disputeId)
  if (!dispute) throw new Error(`Dispute ${disputeId} does not exist.`)
  const refusal = decideDisputeAnswer(dispute, { what, now: Date.now() })
  if (refusal) throw refusal
  return dispute
}

/**
 * Collects the evidence of a dispute anew, with what operations have written.
 * @throws DomainError `illegal_transition` when it is decided, or being sent.
 */
export const refreshEvidence = async (req: PayloadRequest, disputeId: string): Promise<void> => {
  const dispute = await lockToAnswer(req, disputeId, 'refresh')
  await storeEvidence(req, disputeId, await collectEvidence(req, dispute.paymentId, dispute.evidenceText))
}

/**
 * Writes down what is to be told to the bank: the evidence as it is at this moment, or that the customer is right. The worker
 * tells it.
 * @throws DomainError `illegal_transition`, `outside_policy` when it cannot be told any more.
 */
export const answerDispute = async (
  req: PayloadRequest,
  { disputeId, kind, actor }: { disputeId: string; kind: DisputeAnswer; actor: Actor },
): Promise<void> => {
  const dispute = await lockToAnswer(req, disputeId, kind)
  if (kind === 'evidence') {
    await storeEvidence(req, disputeId, await collectEvidence(req, dispute.paymentId, dispute.evidenceText))
  }
  await storeAnswerRequest(req, disputeId, { kind, actor })
  await enqueue(req, { task: 'answer-dispute', payload: { disputeId }, key: `answer-dispute:${disputeId}` })
}

/** The key is that of the answer: one that is sent again is the same, whatever was written into the dispute since. */
const tell = async (dispute: DisputeRow): Promise<DisputeFacts> => {
  const call = {
    disputeId: dispute.stripeDisputeId,
    idempotencyKey: `${dispute.id}:${dispute.answerKind ?? ''}:${dispute.answerAttempt}`,
  }
  if (dispute.answerKind === 'accept') return closeDispute(call)
  if (!dispute.evidence) throw new Error(`Dispute ${dispute.reference} has no evidence.`)
  return submitEvidence({ ...call, evidence: toStripeEvidence(dispute.evidence) })
}

/**
 * Tells the bank what operations have decided.
 * @throws ProviderError when it is not known what Stripe did; the job comes again with the same key.
 */
export const carryOutAnswer = async (payload: Payload, disputeId: string): Promise<void> => {
  const dispute = await findDispute(await localRequest(payload), disputeId)
  if (dispute?.answerStatus !== 'requested') return
  try {
    const truth = await tell(dispute)
    await recordDispute(payload, truth)
    await withTransaction(payload, (req) => storeAnswerOutcome(req, dispute, { status: 'succeeded' }))
  } catch (error) {
    if (!(error instanceof ProviderError) || !error.definitive) throw error
    payload.logger.error({ err: error, disputeId, msg: 'Stripe refused the answer to a dispute' })
    await withTransaction(payload, (req) =>
      storeAnswerOutcome(req, dispute, { status: 'failed', reason: error.message }),
    )
  }
}
