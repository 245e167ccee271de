import { z } from 'zod'
import { cancelSession } from '#sessions/cancel-session'
import { paragraph } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { findSessionFor } from '../support/find-record'
import { viewSessionWithPayment } from '../support/present'
import { money, referenceParams, sessionAnswer, tokenQuery } from '../support/schemas'

export const cancelSessionEndpoint = defineCommand({
  method: 'post',
  path: '/booking/sessions/:reference/cancel',
  operationId: 'cancelSession',
  tag: 'Book',
  summary: 'Cancel a session',
  description: 'By the customer, the consultant or operations; what goes back is what `GET …/cancellation` says.',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  body: z.strictObject({ reason: paragraph(1_000).optional() }),
  answers: { 200: { description: 'Cancelled', schema: z.object({ session: sessionAnswer, refund: money }) } },
  refusals: ['forbidden', 'not_found', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params, body }) => {
    const { session, actor } = await findSessionFor(req, caller, params.reference)
    const { refund } = await cancelSession(req, { sessionId: session.id, actor, reason: body.reason })
    const after = await findSessionFor(req, caller, params.reference)
    const view = await viewSessionWithPayment(req, after.session, actor)
    return { answer: json({ session: view.session, refund }) }
  },
})
