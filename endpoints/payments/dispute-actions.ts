import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { isStaff } from '#access/roles'
import { actorOfUser } from '#access/act-as'
import { answerDispute, refreshEvidence } from '#checkout/dispute/answer-dispute'
import { type DisputeRow, findDispute, findDisputeByReference } from '#payments/dispute/dispute-queries'
import {
  type DisputeAnswer,
  type DisputeAnswerState,
  disputeAnswers,
  disputeAnswerStates,
  disputeStateNames,
} from '#payments/payment-states'
import type { Actor } from '#shared/actor'
import { json } from '../support/answer'
import type { Caller } from '../support/caller'
import { defineCommand } from '../support/define-endpoint'
import { refuseGuess } from '../support/find-record'
import { dateTime, money } from '../support/schemas'

/** The path of one dispute; only references come here. */
const disputePath = '/payments/disputes/:reference(DP-[0-9A-Za-z]+)'

const disputeParams = z.object({
  reference: z
    .string()
    .max(32)
    .transform((value) => value.toUpperCase())
    .meta({ type: 'string', pattern: '^DP-[0-9A-Z]+$' }),
})

const disputeAnswer = z
  .object({
    reference: z.string(),
    status: z.enum(disputeStateNames),
    amount: money,
    reason: z.string().nullable(),
    evidenceDueBy: dateTime.nullable(),
    evidenceSubmittedAt: dateTime.nullable(),
    answer: z
      .object({
        // Object.keys gives string[]; the tables' keys are exactly the names.
        kind: z.enum(Object.keys(disputeAnswers) as DisputeAnswer[]),
        status: z.enum(Object.keys(disputeAnswerStates) as DisputeAnswerState[]),
      })
      .nullable()
      .describe('What the bank was last told, and whether Stripe has it'),
    evidence: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('What was collected: customer, payment, session, policy, attendance, messages, history, review'),
  })
  .meta({ id: 'Dispute' })

const isoOrNull = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString())

const presentDispute = (dispute: DisputeRow) => ({
  reference: dispute.reference,
  status: dispute.status,
  amount: { amount: dispute.amount, currency: dispute.currency },
  reason: dispute.reason,
  evidenceDueBy: isoOrNull(dispute.evidenceDueBy),
  evidenceSubmittedAt: isoOrNull(dispute.evidenceSubmittedAt),
  answer:
    dispute.answerKind === null || dispute.answerStatus === null
      ? null
      : { kind: dispute.answerKind, status: dispute.answerStatus },
  evidence: dispute.evidence,
})

/** @throws DomainError `not_found` for everybody but staff, as if there were none. */
const findDisputeForStaff = async (
  req: PayloadRequest,
  caller: Caller,
  reference: string,
): Promise<{ dispute: DisputeRow; actor: Actor }> => {
  const dispute = isStaff(req) ? await findDisputeByReference(req, reference) : undefined
  return dispute && caller.user ? { dispute, actor: actorOfUser(caller.user) } : refuseGuess(caller, 'dispute')
}

const answerOf = async (req: PayloadRequest, id: string) => {
  const dispute = await findDispute(req, id)
  if (!dispute) throw new Error(`Dispute ${id} does not exist.`)
  return { answer: json(presentDispute(dispute)) }
}

export const answerWithEvidence = defineCommand({
  method: 'post',
  path: `${disputePath}/evidence`,
  operationId: 'answerDispute',
  tag: 'Payments',
  summary: 'Collect the evidence of a dispute anew, and send it to the bank if you say so',
  description:
    'For staff. Sent is what was collected and what operations wrote into `evidenceText`, as it is at that moment. The bank takes evidence once.',
  security: 'login',
  params: disputeParams,
  body: z.strictObject({ submit: z.boolean().default(false) }),
  answers: { 200: { description: 'The dispute with its evidence', schema: disputeAnswer } },
  refusals: ['not_found', 'illegal_transition', 'outside_policy'],
  limit: 'change',
  handle: async ({ req, caller, params, body }) => {
    const { dispute, actor } = await findDisputeForStaff(req, caller, params.reference)
    if (body.submit) await answerDispute(req, { disputeId: dispute.id, kind: 'evidence', actor })
    else await refreshEvidence(req, dispute.id)
    return answerOf(req, dispute.id)
  },
})

export const acceptDispute = defineCommand({
  method: 'post',
  path: `${disputePath}/accept`,
  operationId: 'acceptDispute',
  tag: 'Payments',
  summary: 'Concede a dispute: the customer keeps the money',
  description: 'For staff. Cannot be undone; what was paid out to the consultant is taken back.',
  security: 'login',
  params: disputeParams,
  body: z.strictObject({}),
  answers: { 200: { description: 'The dispute', schema: disputeAnswer } },
  refusals: ['not_found', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params }) => {
    const { dispute, actor } = await findDisputeForStaff(req, caller, params.reference)
    await answerDispute(req, { disputeId: dispute.id, kind: 'accept', actor })
    return answerOf(req, dispute.id)
  },
})
