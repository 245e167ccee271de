import { z } from 'zod'
import { giveHoldBack } from '#availability/holds/hold-time'
import { noContent } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'

export const releaseHold = defineEndpoint({
  method: 'delete',
  path: '/booking/holds/:token',
  operationId: 'releaseHold',
  tag: 'Book',
  summary: 'Give a held time back',
  params: z.object({ token: z.string().max(512) }),
  answers: { 204: { description: 'Always, whether or not there was such a hold' } },
  refusals: [],
  limit: 'holds',
  handle: async ({ req, params }) => {
    await giveHoldBack(req, params.token)
    return noContent()
  },
})
