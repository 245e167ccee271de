import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import type { ParleyOptions } from '#parley-options'
import { cleanUpLater } from './clean-up'
import { connectTo, createTestDatabase, type TestDatabase } from './database'

/** Of the database adapter, beyond its public types. */
type WithDrizzleKit = {
  schema: Record<string, unknown>
  requireDrizzleKit: () => {
    generateDrizzleJson: (schema: unknown) => Promise<unknown>
    generateMigration: (from: unknown, to: unknown) => Promise<string[]>
  }
}

const migrations = path.resolve('src/database/migrations')

/** What the collections of the product need, as the newest migration wrote it down. */
const readProductSchema = async (): Promise<unknown> => {
  const newest =
    (await readdir(migrations))
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .at(-1) ?? ''
  return JSON.parse(await readFile(path.join(migrations, newest), 'utf8'))
}

/** The kit puts functions of its own on all arrays of the process, where other packages of other test files stumble over them. */
const hideFromLoops = (): void => {
  for (const name of Object.keys(Array.prototype)) {
    Object.defineProperty(Array.prototype, name, { enumerable: false })
  }
}

/** The tables and columns that an extension needs beside those of the product. */
const addTables = async (payload: Payload, database: TestDatabase): Promise<void> => {
  const db = payload.db as unknown as WithDrizzleKit
  const { generateDrizzleJson, generateMigration } = db.requireDrizzleKit()
  const statements = await generateMigration(await readProductSchema(), await generateDrizzleJson(db.schema))
  hideFromLoops()
  const client = await connectTo(database)
  for (const statement of statements) await client.query(statement)
}

/**
 * Parley with an extension, composed in this process as `payload.config.ts` would, on a database of this test file. The options are made once the
 * environment is set, as what they import reads the settings.
 */
export const openExtendedPayload = async (
  optionsOf: () => Promise<ParleyOptions>,
  env: Record<string, string> = {},
): Promise<{ payload: Payload; database: TestDatabase }> => {
  const database = await createTestDatabase()
  Object.assign(process.env, { DATABASE_URL: database.url, DATABASE_POOL_SIZE: '10', ...env })
  const [{ buildConfig, getPayload }, { parley }, { restrictInternalCollections }, { guardInternalCollections }] =
    await Promise.all([
      import('payload'),
      import('#parley'),
      import('#access/restrict-internal-collections'),
      import('#hooks/shared/guard-internal-collections'),
    ])
  const config = buildConfig(parley(await optionsOf()))
    .then(restrictInternalCollections)
    .then(guardInternalCollections)
  const { closePayload } = await import('#server/open-payload')
  const payload = await getPayload({ config })
  cleanUpLater(() => closePayload(payload))
  await addTables(payload, database)
  return { payload, database }
}
