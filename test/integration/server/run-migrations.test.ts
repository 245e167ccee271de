import { expect, it } from 'vitest'
import { findPendingMigrations } from '#database/find-pending-migrations'
import { listMigrations } from '#database/migration-files'
import { runMigrations } from '#database/run-migrations'
import { connectTo, createTestDatabase } from '../../support/database'

it('three starts at once migrate once, and the next one finds nothing to do', async () => {
  const database = await createTestDatabase({ empty: true })
  const done = await Promise.all([1, 2, 3].map(() => runMigrations(database.url)))
  const all = [...(await listMigrations()), 'graphile-worker']
  expect(done.filter((names) => names.length)).toEqual([all])
  expect(await runMigrations(database.url)).toEqual([])

  const client = await connectTo(database)
  expect(await findPendingMigrations(client)).toEqual([])
  const { rows } = await client.query<{ name: string; batch: string }>(
    'SELECT name, batch FROM payload_migrations ORDER BY name',
  )
  expect(rows).toEqual((await listMigrations()).map((name) => ({ name, batch: '1' })))
})

it('names what is pending', async () => {
  const client = await connectTo(await createTestDatabase())
  const [, second = ''] = await listMigrations()
  await client.query('DELETE FROM payload_migrations WHERE name = $1', [second])
  expect(await findPendingMigrations(client)).toEqual([second])
})

it('a migration that fails leaves nothing of itself', async () => {
  const database = await createTestDatabase({ empty: true })
  const client = await connectTo(database)
  // The second migration makes this schema without asking whether it is there.
  await client.query('CREATE SCHEMA parley; CREATE TABLE parley.idempotency_keys ()')
  const [first = '', second = ''] = await listMigrations()
  await expect(runMigrations(database.url)).rejects.toThrow(
    `Migration ${second} failed: relation "idempotency_keys" already exists`,
  )
  expect(await findPendingMigrations(client)).not.toContain(first)
  const { rows } = await client.query(`SELECT to_regclass('parley.facts') AS facts`)
  expect(rows).toEqual([{ facts: null }])
})

it('Payload’s tables stand in public, also for a role that is named like our schema', async () => {
  const database = await createTestDatabase({ empty: true })
  const client = await connectTo(database)
  await client.query(`CREATE ROLE parley SUPERUSER LOGIN PASSWORD 'parley'`)
  const url = new URL(database.url)
  Object.assign(url, { username: 'parley', password: 'parley' })
  await runMigrations(url.href)
  const { rows } = await client.query(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'parley' AND tablename IN (SELECT tablename FROM pg_tables WHERE schemaname = 'public')`,
  )
  expect(rows).toEqual([])
  expect((await client.query(`SELECT to_regclass('public.users') IS NOT NULL AS there`)).rows).toEqual([
    { there: true },
  ])
})
