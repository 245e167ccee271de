import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { previewRefund as preview } from '#payments/refund/preview-refund'
import { findRefund } from '#payments/refund/refund-queries'
import { requireRefund } from '#payments/refund/request-refund'
import { paragraph, queryInteger } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand, defineEndpoint } from '../support/define-endpoint'
import { dateTime, money } from '../support/schemas'
import { findPaymentForStaff, paymentParams, paymentPath } from './find-payment'
import { presentRefund, refundAnswer } from './present-refund'

const amountHint = 'Minor units of the currency of the payment; all that is left without it'

/** A refund that was just written. */
export const viewRefund = async (req: PayloadRequest, refundId: string) => {
  const refund = await findRefund(req, refundId)
  if (!refund) throw new Error(`Refund ${refundId} does not exist.`)
  return presentRefund(refund)
}

export const refundPayment = defineCommand({
  method: 'post',
  path: `${paymentPath}/refunds`,
  operationId: 'refundPayment',
  tag: 'Payments',
  summary: 'Return a payment, or a part of it',
  description:
    'For staff. Written down at once and carried out by the worker; two at once never exceed what is left. The customer reads the reason.',
  security: 'login',
  params: paymentParams,
  body: z.strictObject({
    amount: z.int().positive().max(Number.MAX_SAFE_INTEGER).optional().describe(amountHint),
    reason: paragraph(1_000),
  }),
  answers: { 201: { description: 'On its way', schema: z.object({ refund: refundAnswer }) } },
  refusals: ['not_found', 'outside_policy'],
  limit: 'change',
  handle: async ({ req, caller, params, body }) => {
    const { payment, actor } = await findPaymentForStaff(req, caller, params.reference)
    const { amount, reason } = body
    const refundId = await requireRefund(req, { paymentId: payment.id, amount, reason, by: actor })
    return { answer: json({ refund: await viewRefund(req, refundId) }, { status: 201 }) }
  },
})

export const previewRefund = defineEndpoint({
  method: 'get',
  path: `${paymentPath}/refunds/preview`,
  operationId: 'previewRefund',
  tag: 'Payments',
  summary: 'What refunding so much would do now',
  description: 'For staff. `POST …/refunds` does exactly that.',
  security: 'login',
  params: paymentParams,
  query: z.object({ amount: queryInteger(1, 999_999_999).optional().describe(amountHint) }),
  answers: {
    200: {
      description: 'What it would do, or why it is refused',
      schema: z.object({
        allowed: z.boolean(),
        refusal: z.object({ code: z.enum(['invalid_request', 'outside_policy']), message: z.string() }).nullable(),
        amount: money,
        platformFee: money.describe('What the platform gives back of its fee'),
        consultantShare: money.describe('What the consultant bears'),
        payoutTakenBack: money.describe('What of that was paid out already and is taken back'),
        left: money.describe('What could still be refunded afterwards'),
        captureBefore: dateTime.nullable().describe('Until when an authorised price can be charged'),
      }),
    },
  },
  refusals: ['not_found'],
  limit: 'browse',
  handle: async ({ req, caller, params, query }) => {
    const { payment } = await findPaymentForStaff(req, caller, params.reference)
    const { refusal, ...rest } = preview(payment, query.amount)
    const of = (amount: number) => ({ amount, currency: payment.currency })
    const isWaiting = payment.status === 'authorized' && payment.captureBefore !== null
    return json({
      allowed: refusal === undefined,
      refusal: refusal ? { code: refusal.code, message: refusal.message } : null,
      amount: of(rest.amount),
      platformFee: of(rest.platformFeeBack),
      consultantShare: of(rest.consultantPayoutBack),
      payoutTakenBack: of(rest.payoutTakenBack),
      left: of(rest.left),
      captureBefore: isWaiting ? new Date(payment.captureBefore ?? 0).toISOString() : null,
    })
  },
})
