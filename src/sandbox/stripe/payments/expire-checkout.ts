import { emitEvent } from '../emit-event'
import type { StoredCheckoutSession, StoredSetupIntent } from '../stored-objects'
import { find, secondsOf, type World } from '../world'
import { voidIntent } from './void-intent'

export const isCheckoutOpen = (world: World, session: StoredCheckoutSession): boolean =>
  session.status === 'open' && session.expires_at > secondsOf(world)

/** Nothing will be saved any more. */
export const cancelSetup = (
  world: World,
  intent: StoredSetupIntent,
  reason: NonNullable<StoredSetupIntent['cancellation_reason']>,
): void => {
  intent.status = 'canceled'
  intent.cancellation_reason = reason
  emitEvent(world, 'setup_intent.canceled', intent)
}

/** Closes a checkout that is still open, and whatever was tried on it. */
export const closeCheckout = (world: World, session: StoredCheckoutSession): void => {
  session.status = 'expired'
  session.url = null
  const intent = session.payment_intent ? find(world, 'payment_intents', session.payment_intent) : undefined
  if (intent && intent.status !== 'canceled') voidIntent(world, intent, 'automatic')
  const setup = session.setup_intent ? find(world, 'setup_intents', session.setup_intent) : undefined
  if (setup) cancelSetup(world, setup, 'abandoned')
  emitEvent(world, 'checkout.session.expired', session)
}

/** The time of a checkout has run out. */
export const expireCheckout = (world: World, sessionId: string): void => {
  const session = find(world, 'checkout_sessions', sessionId)
  if (session?.status === 'open') closeCheckout(world, session)
}
