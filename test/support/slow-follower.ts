import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import type { DomainEvent } from '#events/domain-events'
import { poolDb } from '#database/transactions'
import type { ParleyOptions } from '#parley-options'

const note = (payload: Payload, key: string) =>
  poolDb(payload).execute(sql`
    INSERT INTO parley.facts (key, value) VALUES (${key}, '1'::jsonb)
    ON CONFLICT (key) DO UPDATE SET value = to_jsonb((facts.value #>> '{}')::int + 1)`)

/** What another system would do that hears of a session: it knows what it has done by the id of the event. */
export const follow = async (payload: Payload, event: DomainEvent): Promise<void> => {
  await note(payload, `test:tried:${event.id}`)
  if (process.env.PARLEY_TEST_STUCK === '1') await new Promise(() => setInterval(() => undefined, 1_000))
  await poolDb(payload).execute(sql`
    INSERT INTO parley.facts (key, value) VALUES (${`test:done:${event.id}`}, '1'::jsonb) ON CONFLICT (key) DO NOTHING`)
}

/** An installation that follows each session that is agreed. */
export const extensions: ParleyOptions = {
  on: {
    'session.scheduled': { when: 'after commit', name: 'slow', handle: ({ event, payload }) => follow(payload, event) },
  },
}
