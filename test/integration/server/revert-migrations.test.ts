import { expect, it } from 'vitest'
import { lastReleasedMigration } from '#database/last-released-migration'
import { listMigrationFiles } from '#database/migration-files'
import { revertMigrations } from '#database/revert-migrations'
import { runMigrations } from '#database/run-migrations'
import { settings } from '#settings'
import { connectTo, createTestDatabase } from '../../support/database'
import { readSchema } from '../../support/migrations/read-schema'

it('each migration since the last release, taken back, leaves the schema that was there before it; a released one is not taken back', async () => {
  const files = await listMigrationFiles()
  const released = files.filter(({ name }) => name <= lastReleasedMigration)
  const database = await createTestDatabase({ empty: true })
  const client = await connectTo(database)
  await runMigrations(database.url, undefined, { files: released })
  const before: unknown[] = []
  for (const { name } of files.slice(released.length)) {
    before.push(await readSchema(client))
    await runMigrations(database.url, undefined, { files: files.filter((file) => file.name <= name) })
  }
  for (const { name } of files.slice(released.length).reverse()) {
    expect(await revertMigrations(database.url, { files })).toEqual([name])
    expect(await readSchema(client), name).toEqual(before.pop())
  }
  await expect(revertMigrations(database.url, { files })).rejects.toThrow(
    `${lastReleasedMigration} was released, so it is not taken back: start the older release on this database as it is`,
  )
  await runMigrations(database.url)
  const fresh = await connectTo(await createTestDatabase())
  expect(await readSchema(client)).toEqual(await readSchema(fresh))
}, 60_000)

it('a run that one cannot be taken back of is left as it is, and so is every one in production', async () => {
  const files = await listMigrationFiles()
  const database = await createTestDatabase({ empty: true })
  const client = await connectTo(database)
  await runMigrations(database.url)
  const before = await readSchema(client)
  const newest = files.at(-1)?.name ?? ''
  expect(newest > lastReleasedMigration).toBe(true)
  await expect(revertMigrations(database.url)).rejects.toThrow(
    /was released, so it is not taken back: .* Nothing was changed\.$/,
  )
  const withoutNewest = files.filter(({ name }) => name !== newest)
  await client.query('UPDATE payload_migrations SET batch = 2 WHERE name > $1', [lastReleasedMigration])
  await expect(revertMigrations(database.url, { files: withoutNewest })).rejects.toThrow(
    `There is no file of the migration ${newest}, so it cannot be taken back. Nothing was changed.`,
  )
  Object.assign(settings, { isProduction: true })
  await expect(revertMigrations(database.url)).rejects.toThrow(
    'Migrations are not taken back in production, as their data would be gone',
  )
  Object.assign(settings, { isProduction: false })
  expect(await readSchema(client)).toEqual(before)
}, 60_000)
