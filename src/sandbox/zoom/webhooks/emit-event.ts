import { randomUUID } from 'node:crypto'
import type { StoredEvent } from '../records'
import type { World } from '../world'

export type EventName =
  | 'meeting.started'
  | 'meeting.ended'
  | 'meeting.participant_joined'
  | 'meeting.participant_left'
  | 'recording.completed'

/** As many events are remembered. */
const remembered = 1000

/** Records that something happened, in the words in which the webhook endpoint is told. `at`: epoch ms. */
export const emitEvent = (world: World, event: EventName, at: number, object: object): void => {
  const stored: StoredEvent = {
    id: randomUUID(),
    event,
    body: JSON.stringify({ event, payload: { account_id: world.app.accountId, object }, event_ts: at }),
    isPending: false,
  }
  world.tables.events.put(stored.id, stored)
  for (const id of [...world.tables.events.keys()].slice(0, Math.max(0, world.tables.events.size() - remembered))) {
    world.tables.events.delete(id)
  }
  world.onEvent(stored)
}
