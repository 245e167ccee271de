import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import { expect, it } from 'vitest'
import { down as withoutCalendars } from '#database/migrations/20261126_012132_calendars'
import { down as withoutGuards } from '#database/migrations/20261126_012140_calendar_guards'
import { down as withoutDifferences } from '#database/migrations/20261129_061000_calendar_differences'
import { down as withoutProviders } from '#database/migrations/20261129_095823_calendar_providers'
import { runMigrations } from '#database/run-migrations'
import { connectTo, createTestDatabase } from '../../support/database'

const sealed = 'key.nonce.tag.body'

it('connections of before survive the migration; what cannot be used as it was has to be allowed or read again', async () => {
  const database = await createTestDatabase()
  const client = await connectTo(database)
  const backwards = { db: drizzle(client) } as unknown as Parameters<typeof withoutCalendars>[0]
  await withoutProviders(backwards)
  await withoutDifferences(backwards)
  await withoutGuards(backwards)
  await withoutCalendars(backwards)
  await client.query(`DELETE FROM payload_migrations WHERE name ~ 'calendar'`)
  await client.query(`
    INSERT INTO consultant_profiles (id, name, slug, availability_time_zone) VALUES (gen_random_uuid(), 'Ada', 'ada', 'Europe/Berlin');
    INSERT INTO calendar_connections (id, consultant_id, provider, status, account_email, external_account_id, refresh_token, feed_url)
      SELECT gen_random_uuid(), p.id, r.provider::enum_calendar_connections_provider, r.status::enum_calendar_connections_status,
        r.email, r.email, r.token, r.feed
      FROM consultant_profiles p, (VALUES
        ('google', 'connected', 'good', '${sealed}', NULL),
        ('google', 'connected', 'plain', 'ya29 plain', NULL),
        ('google', 'disconnected', 'ended', '${sealed}', NULL),
        ('ics', 'connected', 'file', NULL, '${sealed}'),
        ('zoom', 'connected', 'zoom', '${sealed}', NULL)) AS r (provider, status, email, token, feed);
    INSERT INTO busy_times (id, consultant_id, connection_id, starts_at, ends_at, source_id)
      SELECT gen_random_uuid(), consultant_id, id, now(), now() + interval '1 hour', 'one' FROM calendar_connections`)

  expect(await runMigrations(database.url)).toHaveLength(4)

  const { rows } = await client.query(`
    SELECT c.account_email AS account, c.status, c.refresh_token AS token, c.connected_at IS NOT NULL AS dated,
      k.reading, k.generation::int, k.time_zone AS zone
    FROM calendar_connections c LEFT JOIN connected_calendars k ON k.connection_id = c.id ORDER BY 1`)
  const nothing = { reading: null, generation: null, zone: null, dated: true }
  expect(rows).toEqual([
    { account: 'ended', status: 'disconnected', token: null, ...nothing },
    {
      ...{ account: 'file', status: 'connected', token: null, dated: true },
      ...{ reading: 'whole', generation: 0, zone: 'Europe/Berlin' },
    },
    { account: 'good', status: 'connected', token: sealed, ...nothing },
    { account: 'plain', status: 'needs_reauth', token: null, ...nothing },
  ])
  expect((await client.query('SELECT FROM busy_times')).rowCount).toBe(0)
})
