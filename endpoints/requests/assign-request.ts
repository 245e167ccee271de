import { z } from 'zod'
import { assignRequest as assign } from '#requests/assign-request'
import { slugOrId } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { referenceParams, requestAnswer, tokenQuery } from '../support/schemas'
import { findRequestForHost } from './find-request'
import { viewRequest } from './view-request'

export const assignRequest = defineCommand({
  method: 'post',
  path: '/booking/requests/:reference/assign',
  operationId: 'assignRequest',
  tag: 'Requests',
  summary: 'Give a request to a consultant',
  description: 'By operations. The consultant is asked for times; times that another one proposed are withdrawn.',
  security: 'login',
  params: referenceParams,
  query: tokenQuery,
  body: z.strictObject({ consultant: slugOrId }),
  answers: { 200: { description: 'Given to them', schema: z.object({ request: requestAnswer }) } },
  refusals: ['unauthenticated', 'forbidden', 'not_found', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params, body }) => {
    const { request, actor } = await findRequestForHost(req, caller, {
      ...params,
      action: 'assign',
      roles: ['operations', 'admin'],
    })
    await assign(req, { requestId: request.id, consultant: body.consultant, actor })
    return { answer: json({ request: await viewRequest(req, request.id, actor) }) }
  },
})
