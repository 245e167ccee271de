import { pathToFileURL } from 'node:url'
import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import type pg from 'pg'
import { hasExtension, listMigrationFiles, MigrationError } from './migration-files'

type DatabaseAdapterObject = { init: (args: { payload: Payload }) => PostgresAdapter }
type Migration = { name: string; up: () => Promise<void>; down: () => Promise<void> }

/**
 * Lets Payload's own commands see the extension's migrations beside the product's: `payload migrate` and `migrate:status`.
 * `migrate:create` would write into the product what the extension adds, so it names our command instead.
 */
export const withExtensionMigrations = <T extends object>(adapterObject: T, options: object): T => {
  const original = adapterObject as unknown as DatabaseAdapterObject
  const init: DatabaseAdapterObject['init'] = (args) => {
    const adapter = original.init(args)
    const { migrate, createMigration } = adapter
    adapter.migrate = async function (given) {
      await migrate.call(this, { ...given, migrations: given?.migrations ?? (await loadMigrations()) })
    }
    adapter.migrateStatus = () => printStatus((adapter as unknown as { pool: pg.Pool }).pool)
    adapter.createMigration = async function (given) {
      if (await hasExtension(options)) {
        throw new MigrationError(
          'src/extensions/ adds to the product: `npm run migrate:create -- <name>` writes its migrations, and leaves the product’s as they are.',
        )
      }
      await createMigration.call(this, given)
    }
    return adapter
  }
  return { ...adapterObject, init }
}

const loadMigrations = async (): Promise<Migration[]> =>
  Promise.all(
    (await listMigrationFiles()).map(async ({ name, file }) => {
      const { up, down } = (await import(/* turbopackIgnore: true */ pathToFileURL(file).href)) as Omit<
        Migration,
        'name'
      >
      return { name, up, down }
    }),
  )

const printStatus = async (pool: pg.Pool): Promise<void> => {
  const { rows: tables } = await pool.query<{ exists: boolean }>(
    `SELECT to_regclass('payload_migrations') IS NOT NULL AS exists`,
  )
  const { rows } = tables[0]?.exists
    ? await pool.query<{ name: string; batch: number }>('SELECT name, batch::int FROM payload_migrations')
    : { rows: [] }
  const batches = new Map(rows.map(({ name, batch }) => [name, batch]))
  const migrations = await listMigrationFiles()
  console.table(
    migrations.map(({ name }) => ({ Name: name, Batch: batches.get(name), Ran: batches.has(name) ? 'Yes' : 'No' })),
  )
}
