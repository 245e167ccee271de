import { expect, it } from 'vitest'
import { lastReleasedMigration } from '#database/last-released-migration'
import { listMigrationFiles } from '#database/migration-files'
import { revertMigrations } from '#database/revert-migrations'
import { runMigrations } from '#database/run-migrations'
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
