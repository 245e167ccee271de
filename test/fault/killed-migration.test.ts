import { expect, it } from 'vitest'
import { listMigrationFiles } from '#database/migration-files'
import { runMigrations } from '#database/run-migrations'
import { readMoneyFaults } from '#payments/ledger/read-money-faults'
import { connectTo, createTestDatabase, type TestDatabase } from '../support/database'
import { loadRelease, readReleases } from '../support/migrations/load-release'
import { readSchema } from '../support/migrations/read-schema'
import { runCommand } from '../support/run-command'

/** Tables that migrations since the first release change, in one step or in several. */
const changed = ['payments', 'scheduled_sessions', 'notifications', 'users', 'availability_slots', 'media'] as const

/**
 * Runs `npm run migrate` while somebody reads `table`, and kills it where it waits for that: in the midst of a migration.
 * @returns whether it was killed; else it has done everything.
 */
const killAt = async (database: TestDatabase, table: string): Promise<boolean> => {
  const [reader, observer] = await Promise.all([connectTo(database), connectTo(database)])
  await reader.query(`BEGIN; LOCK TABLE ${table} IN ACCESS SHARE MODE`)
  const running = runCommand('src/database/migrate.ts', { DATABASE_URL: database.url, NODE_ENV: 'production' })
  const waits = async (): Promise<boolean> => {
    const { rowCount } = await observer.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event <> 'advisory'`,
    )
    return Boolean(rowCount)
  }
  const ended = running.ended.then((end) => ({ end }))
  let isKilled = false
  for (;;) {
    const next = await Promise.race([ended, waits()])
    if (typeof next === 'object') {
      expect(next.end, running.stderr()).toBe(isKilled ? 'SIGKILL' : 0)
      break
    }
    if (next && !isKilled) {
      isKilled = true
      running.kill('SIGKILL')
    }
  }
  await reader.query('ROLLBACK')
  return isKilled
}

it('an upgrade that is killed in the midst of its migrations is finished by the next one, with nothing done twice', async () => {
  const [release] = await readReleases()
  if (!release) throw new Error('There is no release.')
  const files = await listMigrationFiles()
  const database = await createTestDatabase({ empty: true })
  await runMigrations(database.url, undefined, { files: files.filter(({ name }) => name <= release.last) })
  const client = await connectTo(database)
  await loadRelease(client, release)

  const killed: string[] = []
  for (const table of changed) if (await killAt(database, table)) killed.push(table)
  // The last ones find less and less to do.
  expect(killed.length).toBeGreaterThanOrEqual(3)
  const last = runCommand('src/database/migrate.ts', { DATABASE_URL: database.url, NODE_ENV: 'production' })
  expect(await last.ended, last.stderr()).toBe(0)

  const fresh = await connectTo(await createTestDatabase())
  expect(await readSchema(client)).toEqual(await readSchema(fresh))
  const names = `SELECT name FROM payload_migrations ORDER BY name`
  expect((await client.query(names)).rows).toEqual((await fresh.query(names)).rows)
  const { faults } = await readMoneyFaults(database.url)
  expect(faults.filter(({ code, passing }) => !passing && !['stuck', 'payout_late'].includes(code))).toEqual([])
  expect((await client.query('SELECT name FROM parley.backfills WHERE finished_at IS NULL')).rows).toEqual([])
})
