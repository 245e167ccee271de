import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import type pg from 'pg'
import { hasExtension, listMigrationFiles, MigrationError, productMigrationsDir } from './migration-files'
import { renderMigration } from './render-migration'

type DatabaseAdapterObject = { init: (args: { payload: Payload }) => PostgresAdapter }

/** What was made by one call, in the order of the calls. */
type Made = string[][]

/**
 * Payload's own commands do what ours do: `payload migrate`, `migrate:down` and `migrate:status` know steps and the extension's migrations,
 * and `migrate:create` writes statements that hold no long lock. It would write into the product what the extension adds, so it
 * names our command instead where there is one.
 */
export const withOwnMigrations = <T extends object>(adapterObject: T, options: object): T => {
  const original = adapterObject as unknown as DatabaseAdapterObject
  const init: DatabaseAdapterObject['init'] = (args) => {
    const adapter = original.init(args)
    const { createMigration } = adapter
    const report = (line: string) => args.payload.logger.info({ msg: line })
    const url = () => adapter.poolOptions.connectionString ?? ''
    adapter.migrate = async () => {
      const { runMigrations } = await import(/* turbopackIgnore: true */ './run-migrations')
      await runMigrations(url(), report)
    }
    adapter.migrateDown = async () => {
      const { revertMigrations } = await import(/* turbopackIgnore: true */ './revert-migrations')
      await revertMigrations(url(), { report })
    }
    adapter.migrateFresh = adapter.migrateRefresh = adapter.migrateReset = refuseToEmpty
    adapter.migrateStatus = () => printStatus((adapter as unknown as { pool: pg.Pool }).pool)
    adapter.createMigration = async (given) => {
      if (await hasExtension(options)) {
        throw new MigrationError(
          'src/extensions/ adds to the product: `npm run migrate:create -- <name>` writes its migrations, and leaves the product’s as they are.',
        )
      }
      const before = await listMigrationFiles()
      const made: Made = []
      await createMigration.call(rememberingStatements(adapter, made), given)
      const added = (await listMigrationFiles()).find(({ name }) => !before.some((one) => one.name === name))
      const [up = [], down = []] = made
      if (!added || !up.length) return
      await writeFile(path.join(productMigrationsDir, `${added.name}.ts`), renderMigration({ up, down }))
    }
    return adapter
  }
  return { ...adapterObject, init }
}

/** The adapter, which notes the statements that drizzle makes. */
const rememberingStatements = (adapter: PostgresAdapter, made: Made): PostgresAdapter =>
  Object.create(adapter, {
    requireDrizzleKit: {
      value: () => {
        const kit = adapter.requireDrizzleKit()
        const generateMigration: typeof kit.generateMigration = async (from, to) => {
          const statements = await kit.generateMigration(from, to)
          made.push(statements)
          return statements
        }
        return { ...kit, generateMigration }
      },
    },
  }) as PostgresAdapter

const refuseToEmpty = (): Promise<void> =>
  Promise.reject(
    new MigrationError('This would empty the database. Drop it and create it yourself, then run `npm run migrate`.'),
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
