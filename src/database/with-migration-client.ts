import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type LockPatience, PatientWaiter, usualPatience } from './lock-patience'
import { MigrationError } from './migration-files'
import { isRestoring, unfinishedRestore } from './unfinished-restore'

/** Any number that nothing else locks: one start migrates, the others wait. */
const migrationLock = 7_284_310_552

/** How a run of migrations is told of, and how long it waits for locks. */
export type MigrationRun = { report?: (line: string) => void; patience?: LockPatience }

/**
 * A connection for migrations. `work` begins when no other run is at it.
 * @param hasWork is asked before that, so that a database that is up to date keeps nobody waiting
 * @throws MigrationError where a restore did not come to its end
 */
export const withMigrationClient = async <Result>(
  connectionString: string,
  {
    report = () => undefined,
    patience = usualPatience,
    hasWork = () => Promise.resolve(true),
  }: MigrationRun & { hasWork?: (client: pg.Client) => Promise<boolean> },
  work: (client: pg.Client, waiter: PatientWaiter) => Promise<Result>,
): Promise<Result | undefined> => {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 10_000,
    application_name: 'parley migrate',
  })
  // A lost connection is reported by the query that meets it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    if (await isRestoring(client)) throw new MigrationError(unfinishedRestore)
    if (!(await hasWork(client))) return undefined
    await lockMigrations(client)
    // A role named like our schema would otherwise make Payload's tables there. An index may take longer than statements may otherwise.
    await client.query('SET search_path TO public; SET statement_timeout = 0')
    return await work(client, new PatientWaiter(client, { patience, report }))
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * One run migrates, the others wait. Asked again and again, as whoever waited in a statement would hold a snapshot, and an index that
 * is made `CONCURRENTLY` waits for all of those.
 */
const lockMigrations = async (client: pg.Client): Promise<void> => {
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      migrationLock,
    ])
    if (rows[0]?.locked) return
    await sleep(100 + Math.random() * 100)
  }
}
