import { z } from 'zod'
import { maxProposedTimes } from '#requests/change/decide-request-change'
import { proposeRequestTimes } from '#requests/propose-request-times'
import { durationMinutes, instant } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { referenceParams, requestAnswer, tokenQuery } from '../support/schemas'
import { findRequestForHost } from './find-request'
import { viewRequest } from './view-request'

const proposedTime = z.union(
  [instant, z.strictObject({ start: instant, durationMinutes: durationMinutes.optional() })],
  {
    error: 'must be an instant with an offset or Z, or { start, durationMinutes? }',
  },
)

export const proposeTimes = defineCommand({
  method: 'post',
  path: '/booking/requests/:reference/propose',
  operationId: 'proposeTimes',
  tag: 'Requests',
  summary: 'Propose times to the requester',
  description:
    'By the consultant whom it was given to, or by operations. In place of those proposed before. Every time must be offered at this moment; none is held.',
  security: 'login',
  params: referenceParams,
  query: tokenQuery,
  body: z.strictObject({ times: z.array(proposedTime).min(1).max(maxProposedTimes) }),
  answers: { 200: { description: 'Proposed', schema: z.object({ request: requestAnswer }) } },
  refusals: ['unauthenticated', 'forbidden', 'not_found', 'slot_taken', 'slot_not_offered', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params, body }) => {
    const { request, actor } = await findRequestForHost(req, caller, {
      ...params,
      action: 'propose',
      roles: ['consultant', 'operations', 'admin'],
    })
    const times = body.times.map((time) => (typeof time === 'number' ? { start: time } : time))
    await proposeRequestTimes(req, { requestId: request.id, times, actor })
    return { answer: json({ request: await viewRequest(req, request.id, actor) }) }
  },
})
