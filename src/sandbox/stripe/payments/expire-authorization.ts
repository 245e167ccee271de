import { find, type World } from '../world'
import { voidIntent } from './void-intent'

/** Nobody captured in time: the bank gives the money free again. */
export const expireAuthorization = (world: World, intentId: string): void => {
  const intent = find(world, 'payment_intents', intentId)
  if (intent?.status === 'requires_capture') voidIntent(world, intent, 'automatic')
}
