import { z } from 'zod'
import { isStaff } from '#access/roles'
import { replayStripeEvent as replay } from '#payments/stripe-events/receive-stripe-event'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { refuseGuess } from '../support/find-record'

export const replayEvent = defineCommand({
  method: 'post',
  path: '/payments/events/:event/replay',
  operationId: 'replayStripeEvent',
  tag: 'Payments',
  summary: 'Work an event of Stripe off once more',
  description:
    'For staff, and for any event: its object is read anew, and what is done already is not done again. Follow it at `GET /api/stripe-events/{id}`.',
  security: 'login',
  params: z.object({
    event: z
      .string()
      .max(255)
      .regex(/^[\w-]+$/, 'must be the id of an event')
      .describe("Its id here, or Stripe's (`evt_…`)"),
  }),
  body: z.strictObject({}),
  answers: {
    202: {
      description: 'The worker has it',
      schema: z.object({
        events: z.array(z.object({ id: z.string(), eventId: z.string(), account: z.string(), type: z.string() })),
      }),
    },
  },
  refusals: ['not_found'],
  limit: 'change',
  handle: async ({ req, caller, params }) => {
    const events = isStaff(req) ? await replay(req, params.event) : []
    if (!events.length) return refuseGuess(caller, 'event')
    return { answer: json({ events }, { status: 202 }) }
  },
})
