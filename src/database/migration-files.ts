import { readdir } from 'node:fs/promises'
import path from 'node:path'

/** From the checkout, in which every process of ours runs: Next's bundle, which holds this file too, has no place of its own. */
export const productMigrationsDir = path.join(process.cwd(), 'src/database/migrations')

/** What an installation adds; there is no such folder in the product. */
export const extensionMigrationsDir = path.join(process.cwd(), 'src/extensions/migrations')

/** A migration, by the name that is remembered when it is done. */
export type MigrationFile = { name: string; file: string }

/** The migrations cannot run or be written; the message says why. One that failed was rolled back; those before it stay. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/** The names of the files of `dir` that are called like a migration, without their ending, in the order of time. */
const listNames = async (dir: string, ending: '.ts' | '.json'): Promise<string[]> => {
  const files = await readdir(dir).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  return files
    .flatMap((file) => {
      const { name, ext } = path.parse(file)
      return ext === ending && /^\d{8}_\d{6}\w*$/.test(name) ? [name] : []
    })
    .sort()
}

const findFiles = async (): Promise<MigrationFile[]> => {
  const dirs = [productMigrationsDir, extensionMigrationsDir]
  const all = await Promise.all(
    dirs.map(async (dir) =>
      (await listNames(dir, '.ts')).map((name) => ({ name, file: path.join(dir, `${name}.ts`) })),
    ),
  )
  return all.flat().sort((one, other) => (one.name < other.name ? -1 : 1))
}

/**
 * All migrations, the product's and the extension's, in the order of their names: that is in the order of time, and the same
 * in every database.
 * @throws MigrationError when two have one name, as what is done is remembered by name.
 */
export const listMigrationFiles = async (): Promise<MigrationFile[]> => {
  const files = await findFiles()
  const double = files.find(({ name }, index) => files[index - 1]?.name === name)
  if (double) {
    throw new MigrationError(
      `Two migrations are called ${double.name}, in src/database/migrations and src/extensions/migrations: give the extension’s another name.`,
    )
  }
  return files
}

/** The names of all migrations, in the order in which they run. */
export const listMigrations = async (): Promise<string[]> => (await listMigrationFiles()).map(({ name }) => name)

/** The name of the latest migration in `dir` that has a snapshot of the schema beside it; those written by hand need none. */
export const findLatestSnapshot = async (dir: string): Promise<string | undefined> =>
  (await listNames(dir, '.json')).at(-1)

/** Whether there is something that needs migrations beside the product's: options of `src/extensions/`, or what once was made for them. */
export const hasExtension = async (options: object): Promise<boolean> =>
  Object.keys(options).length > 0 || (await listNames(extensionMigrationsDir, '.ts')).length > 0
