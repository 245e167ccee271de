import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type pg from 'pg'
import { ownScript } from '#shared/own-script'
import type { PatientWaiter } from './lock-patience'
import { MigrationError, type MigrationFile } from './migration-files'
import type { MigrationStep } from './migration-steps'
import { forgetSteps, inTransaction, runMigrationSteps } from './run-migration-steps'

type Direction = 'up' | 'down'
type Change = ((args: { db: unknown }) => Promise<void>) & { steps?: readonly MigrationStep[] }

/**
 * Does a migration or takes it back, in one transaction or in its steps.
 * @param remember notes in the last transaction that it is done
 * @throws MigrationError which names the migration
 */
export const runMigrationFile = async (
  {
    client,
    waiter,
    migration: { name, file },
    direction,
  }: { client: pg.Client; waiter: PatientWaiter; migration: MigrationFile; direction: Direction },
  remember: () => Promise<void>,
): Promise<void> => {
  const [change, { drizzle }] = await Promise.all([
    load({ name, file }, direction),
    import('@payloadcms/db-postgres/drizzle/node-postgres'),
  ])
  const known = direction === 'up' ? name : `${name}, back`
  try {
    if (change.steps) await runMigrationSteps({ client, waiter, migration: known, steps: change.steps })
    await waiter.run(known, () =>
      inTransaction(client, async () => {
        if (change.steps) await forgetSteps(client, known)
        else await change({ db: drizzle(client) })
        await remember()
      }),
    )
  } catch (error) {
    throw new MigrationError(`Migration ${known} failed: ${reasonOf(error)}`, { cause: error })
  }
}

const load = async ({ name, file }: MigrationFile, direction: Direction): Promise<Change> => {
  const script = ownScript(path.relative(process.cwd(), file).replaceAll(path.sep, '/'))
  const module: unknown = await import(/* turbopackIgnore: true */ pathToFileURL(script).href)
  const change: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, direction) : undefined
  if (typeof change !== 'function') throw new MigrationError(`Migration ${name} exports no function ${direction}.`)
  return change as Change
}

/** Drizzle says which statement failed, and PostgreSQL in the cause why. */
const reasonOf = (error: unknown): string => {
  const isOfDrizzle = error instanceof Error && !('code' in error) && error.message.startsWith('Failed query')
  const said = isOfDrizzle ? error.cause : error
  return said instanceof Error ? said.message : String(said)
}
