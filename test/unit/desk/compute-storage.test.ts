import { expect, it } from 'vitest'
import { computeStorage } from '#desk/storage/compute-storage'
import type { TableFacts } from '#desk/storage/storage-queries'
import { type KeptDays, retentionNames } from '#shared/retention'

const table = (name: string, facts: Partial<TableFacts>): TableFacts => ({
  ...{ name, rows: 10, isAnalysed: true, heapBytes: 8_192, dead: 0, bytes: 8_192, indexBytes: 8_192 },
  ...facts,
})
// Object.fromEntries loses the names.
const days = Object.fromEntries(retentionNames.map((name) => [name, 30])) as KeptDays

const groupsOf = (tables: TableFacts[], recentRows: number | null = null) => {
  const facts = { ledger: { recentRows, oldestAt: null } }
  const { groups, bookings } = computeStorage({ tables, databaseBytes: 0, facts, days })
  return { bookings, of: (name: string) => groups.find((group) => group.name === name) }
}

it('says that nothing is known of tables that PostgreSQL has not looked at, and not that they are empty', () => {
  const unknown = { rows: null, isAnalysed: false }
  const { bookings, of } = groupsOf(
    ['ledger_entries', 'scheduled_sessions', 'of_mine'].map((name) => table(name, unknown)),
  )
  expect(bookings).toBe(0)
  for (const name of ['ledger', 'sessions', 'others']) expect(of(name)).toMatchObject({ rows: null, recentRows: null })
})

it('takes a single recent row for one where it was counted, and for none where the planner says so', () => {
  expect(groupsOf([table('ledger_entries', { isAnalysed: false })], 1).of('ledger')?.recentRows).toBe(1)
  expect(groupsOf([table('ledger_entries', {})], 1).of('ledger')?.recentRows).toBe(0)
})
