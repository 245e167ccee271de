import type { EventHandler, EventHandlers } from '../../payments/stripe-events/event-handler'
import { refundEvents } from '../../payments/stripe-events/refund-events'
import { checkoutEvents } from './checkout-events'
import { paymentIntentEvents } from './payment-intent-events'

/** Events of the platform's own account. One file for each area, in `payments/stripe-events/` unless sessions follow from it. */
const platformEvents: EventHandlers = {
  ...checkoutEvents,
  ...paymentIntentEvents,
  ...refundEvents,
}

/** Events of connected accounts. Their objects are not the platform's, so no handler of those may see them. */
const accountEvents: EventHandlers = {}

/** Who deals with an event; undefined when nobody does. */
export const handlerOf = ({ type, account }: { type: string; account: string }): EventHandler | undefined => {
  const handlers: Readonly<Partial<Record<string, EventHandler>>> = account === '' ? platformEvents : accountEvents
  return Object.hasOwn(handlers, type) ? handlers[type] : undefined
}
