import { z } from 'zod'
import { refreshPayment } from '#checkout/refresh-payment'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { tokenQuery } from '../support/schemas'
import { askStripe } from './explain-stripe'
import { findPaymentFor, findPaymentForStaff, paymentParams, paymentPath, viewerOf } from './find-payment'
import { paymentAnswer, presentPayment } from './present-payment'

export const getPayment = defineEndpoint({
  method: 'get',
  path: paymentPath,
  operationId: 'getPayment',
  tag: 'Payments',
  summary: 'A payment, what happened to it, and what may be done with it now',
  description:
    'Staff see everything with links to Stripe; the consultant their share and its payout; the customer what they paid and got back.',
  security: 'token or login',
  params: paymentParams,
  query: tokenQuery,
  answers: { 200: { description: 'The payment', schema: paymentAnswer } },
  refusals: ['not_found'],
  limit: 'browse',
  handle: async ({ req, caller, params }) => {
    const { payment, session, actor } = await findPaymentFor(req, caller, params.reference)
    return json(await presentPayment(req, { payment, session, viewer: viewerOf(actor) }))
  },
})

export const readPaymentAgain = defineEndpoint({
  method: 'post',
  path: `${paymentPath}/refresh`,
  operationId: 'readPaymentAgain',
  tag: 'Payments',
  summary: 'Ask Stripe how a payment stands, and follow it',
  description:
    'For staff. Brings the payment, its refunds and its payout to what Stripe says; repeating it changes nothing.',
  security: 'login',
  params: paymentParams,
  body: z.strictObject({}),
  answers: { 200: { description: 'The payment afterwards', schema: paymentAnswer } },
  refusals: ['not_found', 'provider_failed'],
  limit: 'change',
  handle: async ({ req, caller, params }) => {
    const { payment } = await findPaymentForStaff(req, caller, params.reference)
    await askStripe(req, () => refreshPayment(req.payload, payment.id))
    const after = await findPaymentForStaff(req, caller, params.reference)
    return json(await presentPayment(req, { ...after, viewer: 'staff' }))
  },
})
