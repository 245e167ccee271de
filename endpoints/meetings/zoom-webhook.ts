import { z } from 'zod'
import { receiveZoomEvent } from '#meetings/zoom/receive-zoom-event'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'

export const zoomWebhook = defineEndpoint({
  method: 'post',
  path: '/meetings/zoom/webhooks',
  operationId: 'receiveZoomEvent',
  tag: 'Machines',
  summary: 'Events from Zoom',
  description: 'Answers 200 only when the event is stored, and Zoom’s question whose address this is.',
  answers: {
    200: {
      description: 'Stored, or the answer to its question',
      schema: z.union([
        z.object({ received: z.literal(true) }),
        z.object({ plainToken: z.string(), encryptedToken: z.string() }),
      ]),
    },
  },
  refusals: ['not_found'],
  handle: async ({ req }) => {
    const rawBody = (await req.text?.()) ?? ''
    return json(
      await receiveZoomEvent(req, {
        rawBody,
        signature: req.headers.get('x-zm-signature'),
        timestamp: req.headers.get('x-zm-request-timestamp'),
      }),
    )
  },
})
