import type { EventHandler, EventHandlers } from '#payments/stripe-events/event-handler'
import { followStripeCustomer } from '#payments/cards/card-events'
import { toCheckoutFacts } from '#payments/stripe/checkout-facts'
import { retrieveCheckoutSession } from '#payments/stripe/checkout-sessions'
import { applyCheckout } from '../fulfil-checkout'

/** A checkout is for a payment, or to save a card for later ones. */
const followCheckout: EventHandler = async (payload, { objectId }, note) => {
  const checkout = await retrieveCheckoutSession(objectId)
  if (checkout.mode === 'setup') {
    const { customer } = checkout
    return followStripeCustomer(payload, typeof customer === 'string' ? customer : (customer?.id ?? null))
  }
  return (await applyCheckout(payload, toCheckoutFacts(checkout), (req) => note(req, 'processed')))
    ? 'processed'
    : 'ignored'
}

export const checkoutEvents = {
  'checkout.session.completed': followCheckout,
  'checkout.session.async_payment_succeeded': followCheckout,
  'checkout.session.async_payment_failed': followCheckout,
  'checkout.session.expired': followCheckout,
} satisfies EventHandlers
