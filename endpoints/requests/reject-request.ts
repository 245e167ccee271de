import { z } from 'zod'
import { rejectRequest as reject } from '#requests/reject-request'
import { paragraph } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { referenceParams, requestAnswer, tokenQuery } from '../support/schemas'
import { findRequestForHost } from './find-request'
import { viewRequest } from './view-request'

export const rejectRequest = defineCommand({
  method: 'post',
  path: '/booking/requests/:reference/reject',
  operationId: 'rejectRequest',
  tag: 'Requests',
  summary: 'Say no to a request',
  description: 'By the consultant whom it was given to, or by operations. The requester is told the reason.',
  security: 'login',
  params: referenceParams,
  query: tokenQuery,
  body: z.strictObject({ reason: paragraph(2_000) }),
  answers: { 200: { description: 'Rejected', schema: z.object({ request: requestAnswer }) } },
  refusals: ['unauthenticated', 'forbidden', 'not_found', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params, body }) => {
    const { request, actor } = await findRequestForHost(req, caller, {
      ...params,
      action: 'reject',
      roles: ['consultant', 'operations', 'admin'],
    })
    await reject(req, { requestId: request.id, actor, reason: body.reason })
    return { answer: json({ request: await viewRequest(req, request.id, actor) }) }
  },
})
