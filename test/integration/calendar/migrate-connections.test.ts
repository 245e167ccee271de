import { expect, it } from 'vitest'
import { listMigrationFiles } from '#database/migration-files'
import { runMigrations } from '#database/run-migrations'
import { connectTo, createTestDatabase } from '../../support/database'

const sealed = 'key.nonce.tag.body'

it('connections of before survive the migration; what cannot be used as it was has to be allowed or read again', async () => {
  const database = await createTestDatabase({ empty: true })
  const client = await connectTo(database)
  const files = await listMigrationFiles()
  const first = '20261126_012132_calendars'
  await runMigrations(database.url, undefined, { files: files.filter(({ name }) => name < first) })
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

  expect(await runMigrations(database.url)).toEqual(files.map(({ name }) => name).filter((name) => name >= first))

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
