import { z } from 'zod'
import {
  advanceClock,
  clearFaults,
  deliveryFaultShape,
  done,
  flag,
  integer,
  nothing,
  text,
  webhookActions,
} from '../shared/common-actions'
import { type Action, actionsOf, type Views } from '../shared/control-actions'
import type { AccountRejection, StripeSandboxControl } from './control'
import { disputeReasons } from './payments/open-dispute'
import { apiFaultKinds, refundBehaviours } from './faults'

const action = actionsOf<StripeSandboxControl>()

const cardNumber = z
  .string()
  .transform((value) => value.replace(/\s/g, ''))
  .optional()
const rejections = [
  'rejected.fraud',
  'rejected.listed',
  'rejected.other',
  'rejected.terms_of_service',
] as const satisfies readonly AccountRejection[]

/** `POST /_sandbox/…`: turns a knob. */
export const actions: readonly Action<StripeSandboxControl>[] = [
  action(
    'checkouts/:id/pay',
    z.strictObject({
      method: z.enum(['card', 'saved_card', 'bank_debit']).optional(),
      number: cardNumber,
      paymentMethod: text.optional(),
      save: flag.optional(),
      email: text.optional(),
      name: text.optional(),
    }),
    (control, { method, number, paymentMethod, save, ...who }, id) => {
      if (method === 'bank_debit') return control.payCheckout(id, { ...who, method })
      if (method === 'saved_card')
        return control.payCheckout(id, { ...who, method, paymentMethod: paymentMethod ?? '' })
      return control.payCheckout(id, { ...who, number, save })
    },
  ),
  action(
    'checkouts/:id/save-card',
    z.strictObject({ number: cardNumber, email: text.optional(), name: text.optional() }),
    (control, options, id) => control.saveCard(id, options),
  ),
  action(
    'payment-methods/:id/renew',
    z.strictObject({ expMonth: integer.min(1).max(12), expYear: integer.min(2000), last4: text.length(4).optional() }),
    (control, card, id) => (control.renewCard(id, card), done),
  ),
  action('checkouts/:id/expire', nothing, (control, _, id) => (control.expireCheckout(id), done)),
  action(
    'debits/:id/settle',
    z.strictObject({ how: z.enum(['succeeded', 'failed']) }),
    (control, { how }, id) => (control.settleDebit(id, how), done),
  ),
  action('payment-intents/:id/refund', z.strictObject({ amount: integer.optional() }), (control, { amount }, id) =>
    control.refundFromDashboard(id, amount),
  ),
  action('refunds/:id/settle', nothing, (control, _, id) => (control.settleRefund(id), done)),
  action(
    'refunds/:id/fail',
    z.strictObject({ reason: text.optional() }),
    (control, { reason }, id) => (control.failRefund(id, reason), done),
  ),
  action(
    'payments/:id/dispute',
    z.strictObject({
      amount: integer.min(1).optional(),
      reason: z.enum(disputeReasons).optional(),
      inquiry: flag.optional(),
    }),
    (control, options, id) => control.disputePayment(id, options),
  ),
  action('disputes/:id/win', nothing, (control, _, id) => (control.winDispute(id), done)),
  action('disputes/:id/lose', nothing, (control, _, id) => (control.loseDispute(id), done)),
  action('disputes/:id/escalate', nothing, (control, _, id) => (control.escalateInquiry(id), done)),
  action('disputes/:id/close-inquiry', nothing, (control, _, id) => (control.closeInquiry(id), done)),
  action('accounts/:id/complete', nothing, (control, _, id) => (control.completeAccount(id), done)),
  action(
    'accounts/:id/restrict',
    z.strictObject({ fields: z.array(text).min(1).optional(), deadline: integer.optional() }),
    (control, options, id) => (control.restrictAccount(id, options), done),
  ),
  action(
    'accounts/:id/reject',
    z.strictObject({ reason: z.enum(rejections).optional() }),
    (control, { reason }, id) => (control.rejectAccount(id, reason), done),
  ),
  action('accounts/:id/disconnect', nothing, (control, _, id) => (control.disconnectAccount(id), done)),
  action('accounts/:id/pay-out', nothing, (control, _, id) => (control.payOutAccount(id), done)),
  action('pay-out', nothing, (control) => (control.payOutPlatform(), done)),
  action('reset', nothing, (control) => (control.reset(), done)),
  action('events/:id/resend', nothing, (control, _, id) => ({ ok: control.resendEvent(id) })),
  advanceClock,
  action(
    'faults/api',
    z.strictObject({
      kind: z.enum(apiFaultKinds),
      method: z.enum(['GET', 'POST', 'DELETE']).optional(),
      path: text.optional(),
      times: integer.min(1).optional(),
      delayMs: integer.min(0).optional(),
    }),
    (control, fault) => (control.failNext(fault), done),
  ),
  action(
    'faults/webhooks',
    deliveryFaultShape.omit({ topic: true }).extend({ eventType: text.optional() }),
    (control, fault) => (control.nextWebhook(fault), done),
  ),
  action(
    'faults/decline',
    z.strictObject({ code: text.optional() }),
    (control, { code }) => (control.declineNext(code), done),
  ),
  action(
    'faults/refund',
    z.strictObject({ behaviour: z.enum(refundBehaviours) }),
    (control, { behaviour }) => (control.nextRefund(behaviour), done),
  ),
  clearFaults,
  action(
    'webhooks',
    z.strictObject({ url: z.url(), secrets: z.array(text).min(1) }),
    (control, endpoint) => (control.setWebhook(endpoint), done),
  ),
  ...webhookActions,
]

/** `GET /_sandbox/events`: the events with their deliveries. `GET /_sandbox/calls`: the calls of the API. */
export const views: Views<StripeSandboxControl> = {
  events: (control) => ({
    events: control.events().map((event) => ({ ...event, deliveries: control.deliveries(event.id) })),
  }),
  calls: (control) => ({ calls: control.calls() }),
}
