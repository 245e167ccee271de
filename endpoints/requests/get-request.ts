import { z } from 'zod'
import { presentRequest } from '#requests/present-request'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { referenceParams, requestAnswer, tokenQuery } from '../support/schemas'
import { findRequestFor } from './find-request'

export const getRequest = defineEndpoint({
  method: 'get',
  path: '/booking/requests/:reference',
  operationId: 'getRequest',
  tag: 'Requests',
  summary: 'A request and what may be done with it now',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  answers: { 200: { description: 'The request', schema: z.object({ request: requestAnswer }) } },
  refusals: ['not_found'],
  limit: 'browse',
  handle: async ({ req, caller, params }) => {
    const { request, actor } = await findRequestFor(req, caller, params.reference)
    return json({ request: presentRequest(request, { role: actor.role, now: Date.now() }) })
  },
})
