import { emitEvent } from '../emit-event'
import type { StoredPaymentIntent } from '../stored-objects'
import { find, secondsOf, type World } from '../world'
import { unschedule } from './schedule-later'

/**
 * Cancels an intent. As at Stripe, giving an authorisation back shows on the charge as refunded although nothing was ever
 * collected: there is no refund object and no entry in the balance.
 */
export const voidIntent = (world: World, intent: StoredPaymentIntent, reason: string): void => {
  const charge = intent.latest_charge ? find(world, 'charges', intent.latest_charge) : undefined
  const wasAuthorized = intent.status === 'requires_capture'
  intent.status = 'canceled'
  intent.canceled_at = secondsOf(world)
  intent.cancellation_reason = reason
  intent.amount_capturable = 0
  unschedule(world, 'expire_authorization', intent.id)
  if (wasAuthorized && charge) {
    charge.refunded = true
    charge.amount_refunded = charge.amount
    emitEvent(world, reason === 'automatic' ? 'charge.expired' : 'charge.refunded', charge)
  }
  emitEvent(world, 'payment_intent.canceled', intent)
}
