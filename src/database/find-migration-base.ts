import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { computeMigrationBase } from './compute-migration-base'
import { readRenames, type Rename } from './compute-renamed-schema'
import {
  extensionMigrationsDir,
  findLatestSnapshot,
  listMigrationFiles,
  MigrationError,
  productMigrationsDir,
} from './migration-files'
import { inFormOf } from './schema-changes'
import type { SchemaSnapshot } from './schema-snapshot'

/** What stands in the `.json` beside an extension's migration. */
export type ExtensionSnapshot = {
  /** The product's latest migration with a snapshot when this one was made. */
  madeOn: string
  schema: SchemaSnapshot
}

const readJson = async (dir: string, name: string): Promise<unknown> =>
  JSON.parse(await readFile(path.join(dir, `${name}.json`), 'utf8'))

/** What the product's migrations lead to, and the name of the last of them that says so. */
export const readProductSnapshot = async (name?: string): Promise<{ name: string; schema: SchemaSnapshot }> => {
  const wanted = name ?? (await findLatestSnapshot(productMigrationsDir)) ?? ''
  const schema = await readJson(productMigrationsDir, wanted).catch((error: unknown) => {
    throw new MigrationError(
      `src/database/migrations/${wanted}.json cannot be read: it tells what the extension was made on.`,
      {
        cause: error,
      },
    )
  })
  return { name: wanted, schema: schema as SchemaSnapshot }
}

/** The schema of a database that has all migrations which there are. `productNow` is what the present product needs. */
export const findMigrationBase = async (productNow: SchemaSnapshot): Promise<SchemaSnapshot> => {
  const latest = await findLatestSnapshot(extensionMigrationsDir)
  if (!latest) return productNow
  const own = (await readJson(extensionMigrationsDir, latest)) as ExtensionSnapshot
  const product = await readProductSnapshot(own.madeOn)
  return computeMigrationBase({
    productBefore: inFormOf(productNow, product.schema),
    extendedBefore: inFormOf(productNow, own.schema),
    productNow,
    renames: await listRenamesSince(own.madeOn),
  })
}

const listRenamesSince = async (name: string): Promise<Rename[]> => {
  const files = (await listMigrationFiles()).filter(
    (migration) => migration.name > name && path.dirname(migration.file) === productMigrationsDir,
  )
  const texts = await Promise.all(files.map(({ file }) => readFile(file, 'utf8')))
  return texts.flatMap(readRenames)
}
