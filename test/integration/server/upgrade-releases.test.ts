import { expect, it } from 'vitest'
import { listMigrationFiles } from '#database/migration-files'
import { runMigrations } from '#database/run-migrations'
import { readMoneyFaults } from '#payments/ledger/read-money-faults'
import { connectTo, createTestDatabase } from '../../support/database'
import { loadRelease, readReleases } from '../../support/migrations/load-release'

const files = await listMigrationFiles()
const releases = await readReleases()

/** The first release has rows; the schemas before its own were landed as well. */
const [first] = releases
const starts = [
  ...files.filter(({ name }) => first && name < first.last).map(({ name }) => ({ schema: name, release: first })),
  ...releases.map((release) => ({ schema: release.last, release })),
]

/** What is old by the clock is no fault of an upgrade: nobody has worked on these rows since they were written. */
const onlyLate = new Set(['stuck', 'payout_late'])

it.each(starts)(
  'from $schema on, with rows, the books stay clean',
  async ({ schema, release }) => {
    const database = await createTestDatabase({ empty: true })
    await runMigrations(database.url, undefined, { files: files.filter(({ name }) => name <= schema) })
    const client = await connectTo(database)
    if (!release) throw new Error('There is no release.')
    await loadRelease(client, release)
    const { rows: before } = await client.query<{ paid: number }>(
      `SELECT count(*)::int AS paid FROM payments WHERE status::text IN ('succeeded', 'partially_refunded', 'refunded', 'disputed', 'chargeback')`,
    )

    await runMigrations(database.url)

    const { faults } = await readMoneyFaults(database.url)
    expect(faults.filter(({ code, passing }) => !passing && !onlyLate.has(code))).toEqual([])
    const { rows: documents } = await client.query<{ kind: string; count: number }>(
      `SELECT kind::text, count(*)::int AS count FROM invoices GROUP BY 1`,
    )
    expect(documents.find(({ kind }) => kind === 'invoice')?.count).toBe(before[0]?.paid)
    expect((await client.query('SELECT name FROM parley.backfills WHERE finished_at IS NULL')).rows).toEqual([])
  },
  60_000,
)
