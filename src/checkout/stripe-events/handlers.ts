import type { EventHandler, EventHandlers } from '#payments/stripe-events/event-handler'
import { accountEvents } from '#payments/account/account-events'
import { chargeEvents } from '#payments/charge/charge-events'
import { cardEvents } from '#payments/cards/card-events'
import { refundEvents } from '#payments/refund/refund-events'
import { transferEvents } from '#payments/payout/transfer-events'
import { checkoutEvents } from './checkout-events'
import { disputeEvents } from '../dispute/dispute-events'
import { paymentIntentEvents } from './payment-intent-events'

/** Events of the platform's own account. One file for each area, in `payments/stripe-events/` unless sessions follow from it. */
const platformEvents: EventHandlers = {
  ...checkoutEvents,
  ...paymentIntentEvents,
  ...chargeEvents,
  ...refundEvents,
  ...cardEvents,
  ...transferEvents,
  ...disputeEvents,
}

/** What each of the two webhook endpoints at Stripe has to send: the platform's own events, and those of connected accounts. */
export const handledEvents = { platform: Object.keys(platformEvents), connect: Object.keys(accountEvents) }

/** Who deals with an event; undefined when nobody does. */
export const handlerOf = ({ type, account }: { type: string; account: string }): EventHandler | undefined => {
  // Objects of connected accounts are not the platform's, so no handler of those may see them.
  const handlers: Readonly<Partial<Record<string, EventHandler>>> = account === '' ? platformEvents : accountEvents
  return Object.hasOwn(handlers, type) ? handlers[type] : undefined
}
