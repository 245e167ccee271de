import { stripeApiVersion } from '#payments/stripe/stripe-api-version'
import type { StoredEvent } from './stored-objects'
import { newId, secondsOf, type World } from './world'

type EventObject = { id: string; object: string }

/**
 * Records that something happened to an object, with the object as it is now, and hands the event to the webhooks.
 * `previous`: what an update changed, as it was before. `account`: the connected account that it happened to.
 */
export const emitEvent = (
  world: World,
  type: string,
  object: EventObject,
  previous?: Record<string, unknown>,
  account?: string,
): void => {
  const event: StoredEvent = {
    id: newId('evt_'),
    object: 'event',
    ...(account === undefined ? {} : { account }),
    api_version: stripeApiVersion,
    created: secondsOf(world),
    data: {
      object: structuredClone({ ...object }),
      ...(previous ? { previous_attributes: structuredClone(previous) } : {}),
    },
    livemode: false,
    pending_webhooks: 0,
    request: {
      id: world.currentRequest?.id ?? null,
      idempotency_key: world.currentRequest?.idempotencyKey ?? null,
    },
    type,
  }
  world.state.tables.events[event.id] = event
  world.catalog.note('events', event)
  world.onEvent(event)
}
