import { z } from 'zod'
import { rescheduleSession } from '#sessions/reschedule-session'
import { instant, paragraph } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { findSessionFor } from '../support/find-record'
import { viewSessionWithPayment } from '../support/present'
import { referenceParams, sessionRead, staffTerms, tokenQuery } from '../support/schemas'

export const rescheduleSessionEndpoint = defineCommand({
  method: 'post',
  path: '/booking/sessions/:reference/reschedule',
  operationId: 'rescheduleSession',
  tag: 'Book',
  summary: 'Move a session to another free time',
  description: 'Same reference, same payment, nothing is charged again. The new time may overlap the old one.',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  body: z.strictObject({
    start: instant,
    reason: paragraph(1_000).optional(),
    outsideOfferedTimes: staffTerms.outsideOfferedTimes,
  }),
  answers: { 200: { description: 'The session at its new time', schema: sessionRead } },
  refusals: ['forbidden', 'not_found', 'slot_taken', 'slot_not_offered', 'outside_policy', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params, body }) => {
    const { session, actor } = await findSessionFor(req, caller, params.reference)
    await rescheduleSession(req, { sessionId: session.id, ...body, actor })
    const after = await findSessionFor(req, caller, params.reference)
    return { answer: json(await viewSessionWithPayment(req, after.session, actor)) }
  },
})
