import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import { expect, it } from 'vitest'
import { down } from '#database/migrations/20261129_061000_calendar_differences'
import { runMigrations } from '#database/run-migrations'
import { connectTo, createTestDatabase } from '../../support/database'

const name = '20261129_061000_calendar_differences'

it('differences of before keep their rows, and messages about them that wait can still be written', async () => {
  const database = await createTestDatabase()
  const client = await connectTo(database)
  await down({ db: drizzle(client) } as unknown as Parameters<typeof down>[0])
  await client.query('DELETE FROM payload_migrations WHERE name = $1', [name])
  const moved = { id: 'one', startsAt: 1, endsAt: 2 }
  await client.query(
    `INSERT INTO notifications (id, type, title, dedupe_key, metadata) VALUES
      (gen_random_uuid(), 'booking_reminder', 'Moved', 'a', $1), (gen_random_uuid(), 'booking_reminder', 'Other', 'b', $2)`,
    [
      { timeZone: 'UTC', data: { session: { id: 's' }, drift: moved } },
      { timeZone: 'UTC', data: { session: { id: 's' } } },
    ],
  )
  await client.query(
    `INSERT INTO payload_preferences (id, key) VALUES (gen_random_uuid(), 'collection-calendar-drifts')`,
  )

  expect(await runMigrations(database.url)).toEqual([name])

  const { rows: messages } = await client.query('SELECT metadata FROM notifications ORDER BY dedupe_key')
  expect(messages).toEqual([
    { metadata: { timeZone: 'UTC', data: { session: { id: 's' }, difference: moved } } },
    { metadata: { timeZone: 'UTC', data: { session: { id: 's' } } } },
  ])
  const { rows: preferences } = await client.query('SELECT key FROM payload_preferences')
  expect(preferences).toEqual([{ key: 'collection-calendar-differences' }])
  const { rows: old } = await client.query(`
    SELECT relname AS name FROM pg_class WHERE relname ~ 'drift'
    UNION ALL SELECT conname FROM pg_constraint WHERE conname ~ 'drift'
    UNION ALL SELECT column_name FROM information_schema.columns WHERE column_name ~ 'drift'
    UNION ALL SELECT typname FROM pg_type WHERE typname ~ 'drift'
    UNION ALL SELECT enumlabel FROM pg_enum WHERE enumlabel ~ 'drift'
    UNION ALL SELECT proname FROM pg_proc WHERE prosrc ~ 'drift'`)
  expect(old).toEqual([])
})
