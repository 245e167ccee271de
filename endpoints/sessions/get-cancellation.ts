import { z } from 'zod'
import { previewCancellation } from '#sessions/cancel-session'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { findSessionFor } from '../support/find-record'
import { dateTime, money, referenceParams, tokenQuery } from '../support/schemas'

export const getCancellation = defineEndpoint({
  method: 'get',
  path: '/booking/sessions/:reference/cancellation',
  operationId: 'previewCancellation',
  tag: 'Book',
  summary: 'What cancelling now would do',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  answers: {
    200: {
      description: 'Cancelling does exactly this',
      schema: z.object({ allowed: z.boolean(), refund: money, reason: z.string(), deadline: dateTime }),
    },
  },
  refusals: ['not_found'],
  limit: 'browse',
  handle: async ({ req, caller, params }) => {
    const { session, actor } = await findSessionFor(req, caller, params.reference)
    const preview = previewCancellation(session, actor, Date.now())
    return json({ ...preview, deadline: new Date(preview.deadline).toISOString() })
  },
})
