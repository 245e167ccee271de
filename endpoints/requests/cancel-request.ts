import { z } from 'zod'
import { cancelRequest } from '#requests/cancel-request'
import { paragraph } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { referenceParams, requestAnswer, tokenQuery } from '../support/schemas'
import { findRequestFor } from './find-request'
import { viewRequest } from './view-request'

export const cancelRequestEndpoint = defineCommand({
  method: 'post',
  path: '/booking/requests/:reference/cancel',
  operationId: 'cancelRequest',
  tag: 'Requests',
  summary: 'Give a request up',
  description: 'While it is open. Once a time was accepted, the session is cancelled instead.',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  body: z.strictObject({ reason: paragraph(1_000).optional() }),
  answers: { 200: { description: 'Cancelled', schema: z.object({ request: requestAnswer }) } },
  refusals: ['forbidden', 'not_found', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params, body }) => {
    const { request, actor } = await findRequestFor(req, caller, params.reference)
    await cancelRequest(req, { requestId: request.id, actor, reason: body.reason })
    return { answer: json({ request: await viewRequest(req, request.id, actor) }) }
  },
})
