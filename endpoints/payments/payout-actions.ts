import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { holdPayout, releasePayout, retryPayout } from '#payments/payout/change-payout'
import type { Actor } from '#shared/actor'
import { paragraph } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand, defineEndpoint } from '../support/define-endpoint'
import type { Operation } from '../support/operation'
import { findPaymentForStaff, paymentParams, paymentPath } from './find-payment'
import { payoutAnswer, viewPayout } from './payout-preview'

export const getPayout = defineEndpoint({
  method: 'get',
  path: `${paymentPath}/payout`,
  operationId: 'getPayout',
  tag: 'Payments',
  summary: 'How the payout of a payment stands, and what would be done with it now',
  description: 'For staff. `next` is the decision that the worker would carry out at this moment, and why.',
  security: 'login',
  params: paymentParams,
  answers: { 200: { description: 'The payout', schema: payoutAnswer } },
  refusals: ['not_found'],
  limit: 'browse',
  handle: async ({ req, caller, params }) => {
    const { payment } = await findPaymentForStaff(req, caller, params.reference)
    return json(await viewPayout(req, payment.id))
  },
})

const refusals = ['not_found', 'illegal_transition'] as const

const payoutAction = <Body extends z.ZodType>(action: {
  name: 'hold' | 'release' | 'retry'
  summary: string
  body: Body
  run: (req: PayloadRequest, args: { paymentId: string; actor: Actor; body: z.output<Body> }) => Promise<void>
}): Operation =>
  defineCommand({
    method: 'post',
    path: `${paymentPath}/payout/${action.name}`,
    operationId: `${action.name}Payout`,
    tag: 'Payments',
    summary: action.summary,
    description: 'For staff. The worker does what follows; `next` of the answer says what that is.',
    security: 'login',
    params: paymentParams,
    body: action.body,
    answers: { 200: { description: 'The payout afterwards', schema: payoutAnswer } },
    refusals,
    limit: 'change',
    handle: async ({ req, caller, params, body }) => {
      const { payment, actor } = await findPaymentForStaff(req, caller, params.reference)
      await action.run(req, { paymentId: payment.id, actor, body: body as z.output<Body> })
      return { answer: json(await viewPayout(req, payment.id)) }
    },
  })

/** What operations do with a payout. */
export const payoutActions: Operation[] = [
  payoutAction({
    name: 'hold',
    summary: 'Keep a payout back',
    body: z.strictObject({ reason: paragraph(1_000) }),
    run: (req, { body, ...args }) => holdPayout(req, { ...args, reason: body.reason }),
  }),
  payoutAction({
    name: 'release',
    summary: 'Let a payout go that operations kept back',
    body: z.strictObject({}),
    run: (req, { paymentId, actor }) => releasePayout(req, { paymentId, actor }),
  }),
  payoutAction({
    name: 'retry',
    summary: 'Try a payout again that was refused, or waits for its account',
    body: z.strictObject({}),
    run: (req, { paymentId, actor }) => retryPayout(req, { paymentId, actor }),
  }),
]
