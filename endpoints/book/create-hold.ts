import { holdTime, lookElsewhere } from '#availability/holds/hold-time'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { holdAnswer, holdInput } from '../support/schemas'

export const createHoldEndpoint = defineCommand({
  method: 'post',
  path: '/booking/holds',
  operationId: 'createHold',
  tag: 'Book',
  summary: 'Keep a time free while a form is filled in',
  body: holdInput,
  answers: { 201: { description: 'The time is kept until `expiresAt`', schema: holdAnswer } },
  refusals: ['not_found', 'slot_taken', 'slot_not_offered', 'challenge_required'],
  limit: 'holds',
  look: ({ req, body }) => lookElsewhere(req, body),
  handle: async ({ req, body, seen }) => {
    const hold = await holdTime(req, { ...body, isBusyElsewhere: seen })
    return {
      answer: json(
        {
          token: hold.token,
          expiresAt: new Date(hold.expiresAt).toISOString(),
          start: new Date(hold.session.start).toISOString(),
          end: new Date(hold.session.end).toISOString(),
          price: hold.price,
        },
        { status: 201 },
      ),
    }
  },
})
