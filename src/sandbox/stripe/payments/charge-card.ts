import { emitEvent } from '../emit-event'
import { addCharge } from '../objects'
import type { StoredCharge, StoredPaymentIntent, StoredPaymentMethod } from '../stored-objects'
import { type CardDecline, findCardAgain } from '../test-cards'
import { secondsOf, type World } from '../world'
import { chargedCard, outcomeOf } from './card-details'
import { collectCharge } from './collect-charge'
import { scheduleLater } from './schedule-later'

/** How long a card stays authorised. */
const authorizationDays = 7

/**
 * Why the bank says no to a card, if it does. Uses up a decline that was asked for.
 * @param use `save`: nothing is charged yet, so a card that only fails later is taken.
 */
export const takeDeclineOf = (
  world: World,
  method: StoredPaymentMethod,
  use: 'charge' | 'save',
): CardDecline | undefined => {
  const forced = world.faults.takeDecline()
  if (forced) return { code: 'card_declined', declineCode: forced, message: 'Your card was declined.' }
  const card = findCardAgain(method.card)
  return card?.decline ?? (use === 'charge' ? card?.declineOnCharge : undefined)
}

/** The bank says no: the intent can be tried again with another card. */
export const recordDecline = (
  world: World,
  args: { intent: StoredPaymentIntent; method: StoredPaymentMethod; why: CardDecline },
): StoredCharge => {
  const { intent, method, why } = args
  const charge = addCharge(world, {
    intent,
    status: 'failed',
    billing_details: { ...method.billing_details },
    failure_code: why.code,
    failure_message: why.message,
    outcome: outcomeOf(why),
    payment_method: method.id,
    payment_method_details: method.card ? chargedCard(method.card, intent.amount, null) : null,
    receipt_url: null,
  })
  intent.latest_charge = charge.id
  intent.payment_method = null
  intent.status = 'requires_payment_method'
  intent.last_payment_error = {
    charge: charge.id,
    code: why.code,
    decline_code: why.declineCode,
    doc_url: `https://stripe.com/docs/error-codes/${why.code.replaceAll('_', '-')}`,
    message: why.message,
    type: 'card_error',
  }
  emitEvent(world, 'charge.failed', charge)
  emitEvent(world, 'payment_intent.payment_failed', intent)
  return charge
}

/** The bank says yes: the money is collected, or only reserved. */
export const recordApproval = (world: World, intent: StoredPaymentIntent, method: StoredPaymentMethod): void => {
  intent.payment_method = method.id
  intent.last_payment_error = null
  const isManual = intent.capture_method === 'manual'
  const captureBefore = isManual ? secondsOf(world) + authorizationDays * 86_400 : null
  const charge = addCharge(world, {
    intent,
    status: 'succeeded',
    billing_details: { ...method.billing_details },
    payment_method: method.id,
    payment_method_details: method.card ? chargedCard(method.card, intent.amount, captureBefore) : null,
    outcome: outcomeOf(undefined),
  })
  intent.latest_charge = charge.id
  if (isManual) {
    intent.status = 'requires_capture'
    intent.amount_capturable = intent.amount
    charge.paid = true
    scheduleLater(world, 'expire_authorization', intent.id, authorizationDays * 86_400_000)
    emitEvent(world, 'charge.succeeded', charge)
    emitEvent(world, 'payment_intent.amount_capturable_updated', intent)
    return
  }
  collectCharge(world, charge, intent.amount)
  intent.status = 'succeeded'
  intent.amount_received = intent.amount
  emitEvent(world, 'charge.succeeded', charge)
  emitEvent(world, 'payment_intent.succeeded', intent)
}
