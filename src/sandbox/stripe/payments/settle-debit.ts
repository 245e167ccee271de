import { emitEvent } from '../emit-event'
import { find, type World } from '../world'
import { collectCharge } from './collect-charge'
import { unschedule } from './schedule-later'

/** A bank debit arrives, or the bank sends it back; nothing happens when that was decided before. */
export const settleDebit = (world: World, intentId: string, how: 'succeeded' | 'failed'): void => {
  const intent = find(world, 'payment_intents', intentId)
  const charge = intent?.latest_charge ? find(world, 'charges', intent.latest_charge) : undefined
  if (intent?.status !== 'processing' || !charge) return
  unschedule(world, 'settle_debit', intentId)
  const [session] = world.catalog.all('checkout_sessions', { payment_intent: intentId })
  if (how === 'succeeded') {
    collectCharge(world, charge, charge.amount)
    intent.status = 'succeeded'
    intent.amount_received = intent.amount
    if (session) session.payment_status = 'paid'
    emitEvent(world, 'charge.succeeded', charge)
    emitEvent(world, 'payment_intent.succeeded', intent)
    if (session) emitEvent(world, 'checkout.session.async_payment_succeeded', session)
    return
  }
  const message = 'The customer’s account has insufficient funds.'
  charge.status = 'failed'
  charge.failure_code = 'insufficient_funds'
  charge.failure_message = message
  intent.status = 'requires_payment_method'
  intent.last_payment_error = {
    charge: charge.id,
    code: 'payment_intent_payment_attempt_failed',
    decline_code: 'insufficient_funds',
    message,
    type: 'card_error',
  }
  emitEvent(world, 'charge.failed', charge)
  emitEvent(world, 'payment_intent.payment_failed', intent)
  if (session) emitEvent(world, 'checkout.session.async_payment_failed', session)
}
