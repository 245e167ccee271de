import type { Payload } from 'payload'
import type { EventFacts, EventHandlers, EventOutcome } from '../../payments/stripe-events/event-handler'
import { fulfilCheckout } from '../fulfil-checkout'

const followCheckout = async (payload: Payload, { objectId }: EventFacts): Promise<EventOutcome> =>
  (await fulfilCheckout(payload, objectId)) ? 'processed' : 'ignored'

export const checkoutEvents = {
  'checkout.session.completed': followCheckout,
  'checkout.session.async_payment_succeeded': followCheckout,
  'checkout.session.async_payment_failed': followCheckout,
  'checkout.session.expired': followCheckout,
} satisfies EventHandlers
