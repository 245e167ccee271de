import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { cancelRefund, retryRefund } from '#payments/refund/change-refund'
import { findPayment } from '#payments/payment-queries'
import { recordElsewhereRefund } from '#payments/refund/record-elsewhere-refund'
import { findRefundByReference, type RefundRow } from '#payments/refund/refund-queries'
import type { Actor } from '#shared/actor'
import { line } from '#shared/input'
import { json } from '../support/answer'
import type { Caller } from '../support/caller'
import { defineCommand } from '../support/define-endpoint'
import { refuseGuess } from '../support/find-record'
import { findPaymentForStaff } from './find-payment'
import { presentRefund, refundAnswer } from './present-refund'
import { viewRefund } from './refund-payment'

const refundPath = '/payments/refunds/:reference(RF-[0-9A-Za-z]+)'

const refundParams = z.object({
  reference: z
    .string()
    .max(32)
    .transform((value) => value.toUpperCase())
    .meta({ type: 'string', pattern: '^RF-[0-9A-Z]+$' }),
})

const answer = z.object({ refund: refundAnswer })

const findRefundForStaff = async (
  req: PayloadRequest,
  caller: Caller,
  reference: string,
): Promise<{ refund: RefundRow; actor: Actor }> => {
  const refund = await findRefundByReference(req, reference)
  const payment = refund && (await findPayment(req, refund.paymentId))
  if (!refund || !payment) return refuseGuess(caller, 'refund')
  const { actor } = await findPaymentForStaff(req, caller, payment.reference)
  return { refund, actor }
}

export const retryRefundEndpoint = defineCommand({
  method: 'post',
  path: `${refundPath}/retry`,
  operationId: 'retryRefund',
  tag: 'Payments',
  summary: 'Try a refund again that failed',
  description: 'For staff. Makes another refund of the same amount in its place; each failed one has one successor.',
  security: 'login',
  params: refundParams,
  body: z.strictObject({}),
  answers: { 201: { description: 'The new refund', schema: answer } },
  refusals: ['not_found', 'illegal_transition', 'outside_policy'],
  limit: 'change',
  handle: async ({ req, caller, params }) => {
    const { refund, actor } = await findRefundForStaff(req, caller, params.reference)
    const id = await retryRefund(req, { refundId: refund.id, by: actor })
    return { answer: json({ refund: await viewRefund(req, id) }, { status: 201 }) }
  },
})

export const cancelRefundEndpoint = defineCommand({
  method: 'post',
  path: `${refundPath}/cancel`,
  operationId: 'cancelRefund',
  tag: 'Payments',
  summary: 'Take back a refund that Stripe was not asked for yet',
  description:
    'For staff. A matter of seconds as a rule: the worker asks Stripe as soon as it can. One of a payment that was paid elsewhere waits for a person, and can be taken back until it is returned.',
  security: 'login',
  params: refundParams,
  body: z.strictObject({}),
  answers: { 200: { description: 'Cancelled', schema: answer } },
  refusals: ['not_found', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params }) => {
    const { refund, actor } = await findRefundForStaff(req, caller, params.reference)
    await cancelRefund(req, refund.id, actor)
    return { answer: json({ refund: presentRefund({ ...refund, status: 'cancelled' }) }) }
  },
})

export const returnRefundEndpoint = defineCommand({
  method: 'post',
  path: `${refundPath}/returned`,
  operationId: 'returnRefund',
  tag: 'Payments',
  summary: 'Record that a refund was returned outside of Stripe',
  description:
    'For staff. Only for payments that were paid elsewhere: Stripe has no part in them. Saying the same again changes nothing.',
  security: 'login',
  params: refundParams,
  body: z.strictObject({ reference: line(200).describe('Where it can be looked up that the money went back') }),
  answers: { 200: { description: 'Returned', schema: answer } },
  refusals: ['not_found', 'illegal_transition'],
  limit: 'change',
  handle: async ({ req, caller, params, body }) => {
    const { refund, actor } = await findRefundForStaff(req, caller, params.reference)
    await recordElsewhereRefund(req, { refundId: refund.id, reference: body.reference, by: actor })
    return { answer: json({ refund: await viewRefund(req, refund.id) }) }
  },
})
