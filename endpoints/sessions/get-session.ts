import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { findSessionFor } from '../support/find-record'
import { viewSessionWithPayment } from '../support/present'
import { referenceParams, sessionRead, tokenQuery } from '../support/schemas'

export const getSession = defineEndpoint({
  method: 'get',
  path: '/booking/sessions/:reference',
  operationId: 'getSession',
  tag: 'Book',
  summary: 'A session, its payment, and what may be done with it now',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  answers: { 200: { description: 'The session', schema: sessionRead } },
  refusals: ['not_found'],
  limit: 'browse',
  handle: async ({ req, caller, params }) => {
    const { session, actor } = await findSessionFor(req, caller, params.reference)
    return json(await viewSessionWithPayment(req, session, actor))
  },
})
