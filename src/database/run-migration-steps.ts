import type pg from 'pg'
import type { PatientWaiter } from './lock-patience'
import type { MigrationStep } from './migration-steps'

/**
 * Does those steps of a migration that were not done by an earlier try. What is done stands in `parley.migration_steps` until
 * {@link forgetSteps}: a step in a transaction with its own changes, an index by what is there.
 */
export const runMigrationSteps = async ({
  client,
  waiter,
  migration,
  steps,
}: {
  client: pg.Client
  waiter: PatientWaiter
  migration: string
  steps: readonly MigrationStep[]
}): Promise<void> => {
  await client.query(
    `CREATE TABLE IF NOT EXISTS parley.migration_steps (
      migration text NOT NULL, step text NOT NULL, done_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (migration, step)
    )`,
  )
  const { rows } = await client.query<{ step: string }>(
    'SELECT step FROM parley.migration_steps WHERE migration = $1',
    [migration],
  )
  const done = new Set(rows.map(({ step }) => step))
  for (const step of steps) {
    if (done.has(step.name)) continue
    const remember = () =>
      client.query('INSERT INTO parley.migration_steps (migration, step) VALUES ($1, $2)', [migration, step.name])
    const what = `${migration}, ${step.name}`
    if (step.kind === 'transaction') {
      await waiter.run(what, () =>
        inTransaction(client, async () => {
          await client.query(step.sql)
          await remember()
        }),
      )
    } else {
      await waiter.run(what, () => (step.kind === 'create-index' ? makeIndex(client, step) : run(client, step)), {
        blocksNobody: true,
      })
      await remember()
    }
  }
}

/** In the transaction in which the whole migration is done, or taken back. */
export const forgetSteps = async (client: pg.Client, migration: string): Promise<void> => {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('parley.migration_steps') IS NOT NULL AS exists`,
  )
  if (rows[0]?.exists) await client.query('DELETE FROM parley.migration_steps WHERE migration = $1', [migration])
}

/** Commits what `work` does, or leaves nothing of it. */
export const inTransaction = async (client: pg.Client, work: () => Promise<void>): Promise<void> => {
  await client.query('BEGIN')
  try {
    await work()
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

const run = async (client: pg.Client, { sql }: { sql: string }): Promise<void> => {
  await client.query(sql)
}

/** Made once: a valid one was made by a try that was ended before it could say so. An invalid one is of no use to anybody but slows down writes. */
const makeIndex = async (
  client: pg.Client,
  { index, sql }: Extract<MigrationStep, { kind: 'create-index' }>,
): Promise<void> => {
  const found = await findIndex(client, index)
  if (found?.isValid) return
  if (found) await dropLeftOver(client, found.name)
  try {
    await client.query(sql)
  } catch (error) {
    const leftOver = await findIndex(client, index).catch(() => undefined)
    if (leftOver && !leftOver.isValid) await dropLeftOver(client, leftOver.name).catch(() => undefined)
    throw error
  }
}

const findIndex = async (client: pg.Client, index: string): Promise<{ name: string; isValid: boolean } | undefined> => {
  const [name = '', schema = 'public'] = index.split('.').reverse()
  const { rows } = await client.query<{ name: string; isValid: boolean }>(
    `SELECT format('%I.%I', nspname, relname) AS name, indisvalid AS "isValid"
     FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = $1 AND relname = $2`,
    [schema, name],
  )
  return rows[0]
}

const dropLeftOver = async (client: pg.Client, name: string): Promise<void> => {
  await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`)
}
