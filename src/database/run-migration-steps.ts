import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { type Backfill, type BatchResult, findNextBackfill, noteBackfill, runBackfillBatch } from './backfill-queries'
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
    if (!done.has(step.name)) await runStep({ client, waiter, migration, step })
  }
}

type Running<Step> = { client: pg.Client; waiter: PatientWaiter; migration: string; step: Step }
type StepOf<Kind extends MigrationStep['kind']> = Extract<MigrationStep, { kind: Kind }>

const runStep = async (running: Running<MigrationStep>): Promise<void> => {
  const { client, waiter, migration, step } = running
  const what = `${migration}, ${step.name}`
  const remember = () =>
    client.query('INSERT INTO parley.migration_steps (migration, step) VALUES ($1, $2)', [migration, step.name])
  const atOnce = (work: () => Promise<unknown>) =>
    waiter.run(what, () =>
      inTransaction(client, async () => {
        await work()
        await remember()
      }),
    )
  const outside = async (work: () => Promise<unknown>) => {
    await waiter.run(what, work, { blocksNobody: true })
    await remember()
  }
  switch (step.kind) {
    case 'transaction':
      return atOnce(() => client.query(step.sql))
    case 'create-index':
      return outside(() => makeIndex(client, step))
    case 'drop-index':
      return outside(() => client.query(step.sql))
    case 'backfill':
      return atOnce(() => beginBackfill(client, { ...step, name: `${migration}/${step.name}` }))
    case 'finish-backfill':
      await finishBackfill({ ...running, step })
      await remember()
  }
}

/** Its first batch: of a small table all of it, so that nothing is left to the worker. */
const beginBackfill = async (client: pg.Client, wanted: Backfill): Promise<void> => {
  await noteBackfill(client, wanted)
  const next = await findNextBackfill(client)
  if (next === wanted.name) await runBackfillBatch(client, wanted.name)
}

const finishBackfill = async ({
  client,
  waiter,
  migration,
  step: { backfill },
}: Running<StepOf<'finish-backfill'>>): Promise<void> => {
  for (;;) {
    let result: BatchResult | undefined
    const startedAt = performance.now()
    await waiter.run(`${migration}, ${backfill}`, () =>
      inTransaction(client, async () => {
        result = await runBackfillBatch(client, backfill)
      }),
    )
    if (result?.state === 'done') return
    // Others have their turn, and a worker that is at it does its batch.
    await sleep(Math.max(50, performance.now() - startedAt))
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

/** Made once: a valid one was made by a try that was ended before it could say so. An invalid one is of no use to anybody but slows down writes. */
const makeIndex = async (client: pg.Client, { index, sql }: StepOf<'create-index'>): Promise<void> => {
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
