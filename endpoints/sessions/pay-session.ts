import { z } from 'zod'
import { openCheckout } from '#checkout/open-checkout'
import { fulfilCheckout } from '#checkout/fulfil-checkout'
import { requireAction } from '#sessions/lock-session-to-act'
import { findPaymentOfSession } from '#payments/payment-queries'
import { askStripe } from '../payments/explain-stripe'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { findSessionFor } from '../support/find-record'
import { viewSessionWithPayment } from '../support/present'
import { paymentDue, referenceParams, sessionRead, tokenQuery } from '../support/schemas'

export const paySessionEndpoint = defineEndpoint({
  method: 'post',
  path: '/booking/sessions/:reference/payment',
  operationId: 'paySession',
  tag: 'Book',
  summary: 'The page on which a session is paid',
  description:
    'For a customer who left the payment page; for staff as well, unless it offers saved cards of the customer. The same page as before while it is open.',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  body: z.strictObject({}),
  answers: { 200: { description: 'Where to pay', schema: paymentDue } },
  refusals: ['forbidden', 'not_found', 'illegal_transition', 'provider_failed'],
  limit: 'change',
  handle: async ({ req, caller, params }) => {
    const { session, actor } = await findSessionFor(req, caller, params.reference)
    await requireAction(req, session, { action: 'pay', actor })
    const { checkoutUrl, expiresAt, amount } = await openCheckout(req, session.id)
    return json({ checkoutUrl, expiresAt: new Date(expiresAt).toISOString(), amount })
  },
})

export const refreshPaymentEndpoint = defineEndpoint({
  method: 'post',
  path: '/booking/sessions/:reference/payment/refresh',
  operationId: 'refreshPayment',
  tag: 'Book',
  summary: 'Ask Stripe how the payment stands',
  description: 'For the page to which the customer returns from paying; it need not wait for the webhook.',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  body: z.strictObject({}),
  answers: { 200: { description: 'The session', schema: sessionRead } },
  refusals: ['not_found', 'provider_failed'],
  limit: 'change',
  handle: async ({ req, caller, params }) => {
    const { session } = await findSessionFor(req, caller, params.reference)
    const payment = await findPaymentOfSession(req, session.id)
    const { checkoutSessionId = null } = payment ?? {}
    if (checkoutSessionId !== null) await askStripe(req, () => fulfilCheckout(req.payload, checkoutSessionId))
    const after = await findSessionFor(req, caller, params.reference)
    return json(await viewSessionWithPayment(req, after.session, after.actor))
  },
})
