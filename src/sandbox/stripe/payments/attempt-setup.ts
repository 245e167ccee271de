import { emitEvent } from '../emit-event'
import type { StoredCheckoutSession, StoredPaymentMethod, StoredSetupIntent } from '../stored-objects'
import type { CardDecline } from '../test-cards'
import { mustFind, type World } from '../world'
import { type CardInput, enterCard, type PaymentResult } from './attempt-payment'
import { takeDeclineOf } from './charge-card'
import { completeCheckout, ensureCustomer, type Payer } from './complete-checkout'
import { isCheckoutOpen } from './expire-checkout'
import { attachMethod, spendMethod } from './saved-methods'

/** The bank does not want the card to be kept. */
export const recordFailedSetup = (world: World, intent: StoredSetupIntent, why: CardDecline): void => {
  intent.status = 'requires_payment_method'
  intent.payment_method = null
  intent.last_setup_error = {
    code: why.code,
    decline_code: why.declineCode,
    doc_url: `https://stripe.com/docs/error-codes/${why.code.replaceAll('_', '-')}`,
    message: why.message,
    type: 'card_error',
  }
  emitEvent(world, 'setup_intent.setup_failed', intent)
}

/** The card can be charged later, also when the customer is not there. */
export const recordSetup = (
  world: World,
  args: { intent: StoredSetupIntent; method: StoredPaymentMethod; allowRedisplay?: 'always' | 'limited' },
): void => {
  const { intent, method, allowRedisplay } = args
  intent.payment_method = method.id
  world.catalog.note('setup_intents', intent)
  intent.last_setup_error = null
  intent.status = 'succeeded'
  if (intent.customer && !method.customer) attachMethod(world, method, intent.customer, allowRedisplay)
  spendMethod(world, method)
  emitEvent(world, 'setup_intent.succeeded', intent)
}

/** A person saves a card on the hosted page of a checkout that takes no money. */
export const attemptSetup = (world: World, session: StoredCheckoutSession, input: CardInput & Payer): PaymentResult => {
  if (!isCheckoutOpen(world, session) || session.mode !== 'setup' || !session.setup_intent) {
    return { ok: false, reason: 'closed', message: 'There is nothing to save here any more.' }
  }
  const intent = mustFind(world, 'setup_intents', session.setup_intent)
  const card = enterCard(world, input)
  if ('refused' in card) return card.refused
  const why = takeDeclineOf(world, card.method, 'save')
  if (why) {
    recordFailedSetup(world, intent, why)
    return { ok: false, reason: 'declined', message: why.message }
  }
  intent.customer = ensureCustomer(world, session, input, false)
  world.catalog.note('setup_intents', intent)
  recordSetup(world, { intent, method: card.method, allowRedisplay: 'always' })
  completeCheckout(world, session, input, 'no_payment_required')
  return { ok: true }
}
