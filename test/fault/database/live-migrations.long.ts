import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import pg from 'pg'
import { lastReleasedMigration } from '#database/last-released-migration'
import { listMigrationFiles } from '#database/migration-files'
import { runMigrations } from '#database/run-migrations'
import { connectTo, createTestDatabase, type TestDatabase } from '../../support/database'
import { copyRows, countRows } from '../../support/migrations/fill-table'
import { loadRelease, readReleases } from '../../support/migrations/load-release'

const sessions = 1_000_000

/**
 * What a migration may make somebody wait, besides the machine's own slowness: a wait for a lock of one try (1 s), and what the statement behind it
 * takes. In milliseconds.
 */
const longestWait = 2_500

type Load = { waits: number[]; done: () => number; stop: () => Promise<void> }

/** Reads of sessions and bookings, at the same time and without a pause, as the release before writes them: rows of sessions with their history. */
const startLoad = async (database: TestDatabase): Promise<Load> => {
  const waits: number[] = []
  let isOver = false
  let done = 0
  const loop = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: database.url, application_name: 'load' })
    await client.connect()
    while (!isOver) {
      const startedAt = performance.now()
      await client.query(statement)
      waits.push(performance.now() - startedAt)
      done++
    }
    await client.end()
  }
  const { rows: columns } = await (
    await connectTo(database)
  ).query<{ name: string; unique: boolean }>(
    `SELECT attname AS name, EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisunique AND attnum = ANY (indkey)) AS unique
     FROM pg_attribute WHERE attrelid = 'scheduled_sessions'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
  )
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const values = columns.map(({ name, unique }) => {
    if (name === 'id') return 'gen_random_uuid()'
    return unique ? `CASE WHEN "${name}" IS NOT NULL THEN gen_random_uuid()::text END` : `"${name}"`
  })
  const read = `SELECT id, reference, status FROM scheduled_sessions ORDER BY id DESC LIMIT 20`
  const paid = `SELECT p.id, s.status FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id ORDER BY p.id DESC LIMIT 20`
  const book = `BEGIN; SET LOCAL session_replication_role = replica;
    INSERT INTO scheduled_sessions (${names}) SELECT ${values.join(', ')} FROM scheduled_sessions WHERE status = 'completed' LIMIT 1;
    UPDATE payments SET updated_at = now() WHERE id = (SELECT id FROM payments ORDER BY id DESC LIMIT 1);
    COMMIT`
  const loops = [loop(read), loop(paid), loop(book)]
  return {
    waits,
    done: () => done,
    stop: async () => {
      isOver = true
      await Promise.all(loops)
    },
  }
}

/** The longest that anybody of the load was seen to wait for a lock, looked at every 20 ms; in milliseconds. */
const watchLocks = async (database: TestDatabase) => {
  const client = await connectTo(database)
  let isOver = false
  let longest = 0
  const watching = (async () => {
    while (!isOver) {
      const { rows } = await client.query<{ ms: number | null }>(
        `SELECT max(extract(epoch FROM clock_timestamp() - waitstart) * 1000)::float8 AS ms
         FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND application_name = 'load'`,
      )
      longest = Math.max(longest, rows[0]?.ms ?? 0)
      await delay(20)
    }
  })()
  return async () => {
    isOver = true
    await watching
    return longest
  }
}

it(`each new migration keeps nobody waiting for long, with ${sessions} sessions and under load`, async () => {
  const files = await listMigrationFiles()
  const released = files.filter(({ name }) => name <= lastReleasedMigration)
  const database = await createTestDatabase({ empty: true })
  await runMigrations(database.url, undefined, { files: released })
  const client = await connectTo(database)
  const release = (await readReleases()).at(-1)
  if (!release) throw new Error('There is no release.')
  await loadRelease(client, release)
  const changes = { starts_at: `t.starts_at - n * interval '1 hour'`, ends_at: `t.ends_at - n * interval '1 hour'` }
  await copyRows(client, 'scheduled_sessions', { rows: sessions, where: `status = 'completed'`, changes })
  await copyRows(client, 'payments', { rows: sessions / 10, where: `status = 'succeeded'` })
  await client.query('ANALYZE')
  expect(await countRows(client, 'scheduled_sessions')).toBeGreaterThan(sessions)

  for (const file of files.filter(({ name }) => name > lastReleasedMigration)) {
    const load = await startLoad(database)
    await expect.poll(load.done, { timeout: 60_000 }).toBeGreaterThan(50)
    const usual = Math.max(...load.waits)
    load.waits.length = 0
    const stopWatching = await watchLocks(database)
    const startedAt = performance.now()
    await runMigrations(database.url, undefined, { files: [...released, file] })
    const took = performance.now() - startedAt
    const locked = await stopWatching()
    await load.stop()
    const longest = Math.max(...load.waits)
    process.stdout.write(
      `${file.name}: ${Math.round(took)} ms; longest wait for a lock ${Math.round(locked)} ms, longest statement of the load ${Math.round(longest)} ms (before it ${Math.round(usual)} ms), ${load.waits.length} statements\n`,
    )
    expect(locked).toBeLessThan(longestWait)
    released.push(file)
  }
}, 1_800_000)
