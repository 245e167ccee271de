import { z } from 'zod'
import { answerClaim, decideClaim, withdrawClaim } from '#sessions/no-show/settle-claim'
import { paragraph } from '#shared/input'
import type { PayloadRequest } from 'payload'
import { json } from '../support/answer'
import type { Caller } from '../support/caller'
import { defineCommand } from '../support/define-endpoint'
import { findSessionFor } from '../support/find-record'
import { viewSessionWithPayment } from '../support/present'
import { referenceParams, sessionRead, tokenQuery } from '../support/schemas'

const claimPath = '/booking/sessions/:reference/claim'

/** What is the same for all three. */
const shared = {
  method: 'post',
  tag: 'Staff',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  answers: { 200: { description: 'The session with its `claim`', schema: sessionRead } },
  refusals: ['forbidden', 'not_found', 'illegal_transition'],
  limit: 'change',
} as const

const viewAfter = async (req: PayloadRequest, caller: Caller, reference: string) => {
  const { session, actor } = await findSessionFor(req, caller, reference)
  return { answer: json(await viewSessionWithPayment(req, session, actor)) }
}

export const answerClaimEndpoint = defineCommand({
  ...shared,
  path: `${claimPath}/answer`,
  operationId: 'answerNoShowClaim',
  summary: 'Say what there is to say to the claim that you did not come',
  description: 'By the side that is said not to have come, once, while the claim is open.',
  body: z.strictObject({ text: paragraph(2_000) }),
  handle: async ({ req, caller, params, body }) => {
    const { session, actor } = await findSessionFor(req, caller, params.reference)
    await answerClaim(req, { sessionId: session.id, actor, text: body.text })
    return viewAfter(req, caller, params.reference)
  },
})

export const withdrawClaimEndpoint = defineCommand({
  ...shared,
  path: `${claimPath}/withdraw`,
  operationId: 'withdrawNoShowClaim',
  summary: 'Take back the claim that the other side did not come',
  description: 'By the side that made it, while it is open. The payout goes on.',
  body: z.strictObject({}),
  handle: async ({ req, caller, params }) => {
    const { session, actor } = await findSessionFor(req, caller, params.reference)
    await withdrawClaim(req, { sessionId: session.id, actor })
    return viewAfter(req, caller, params.reference)
  },
})

export const decideClaimEndpoint = defineCommand({
  ...shared,
  path: `${claimPath}/decide`,
  operationId: 'decideNoShowClaim',
  summary: 'Decide the claim that one side did not come',
  description:
    'For staff. Granted, the session counts as missed (or is refunded, where the other side had that recorded before), with the refund that follows; `claim.ifGranted` says which. Rejected, payout and session go on.',
  body: z.strictObject({
    decision: z.enum(['grant', 'reject']),
    reason: paragraph(1_000).describe('Both sides read it'),
  }),
  handle: async ({ req, caller, params, body }) => {
    const { session, actor } = await findSessionFor(req, caller, params.reference)
    const decision = body.decision === 'grant' ? 'granted' : 'rejected'
    await decideClaim(req, { sessionId: session.id, actor, decision, reason: body.reason })
    return viewAfter(req, caller, params.reference)
  },
})
