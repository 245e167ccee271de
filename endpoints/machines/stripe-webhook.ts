import { z } from 'zod'
import { receiveStripeEvent } from '#payments/stripe-events/receive-stripe-event'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'

export const stripeWebhook = defineEndpoint({
  method: 'post',
  path: '/stripe/webhooks',
  operationId: 'receiveStripeEvent',
  tag: 'Machines',
  summary: 'Events from Stripe',
  description: 'Answers 200 only when the event is stored; anything else makes Stripe send it again.',
  answers: { 200: { description: 'Stored', schema: z.object({ received: z.literal(true) }) } },
  refusals: [],
  handle: async ({ req }) => {
    const rawBody = (await req.text?.()) ?? ''
    await receiveStripeEvent(req, { rawBody, signature: req.headers.get('stripe-signature') })
    return json({ received: true })
  },
})
