import type { PayloadRequest } from 'payload'
import { computeStorage, type GroupFacts, type Storage } from './compute-storage'
import { readKeptDays } from './read-kept-days'
import { estimateRecentRows, findOldest, listTables } from './storage-queries'
import { type GroupName, type TableGroup, tableGroups } from './table-groups'

/** Tables whose first column is no id that is ordered by time. */
const withoutOrderedIds: readonly GroupName[] = ['commandAnswers', 'queue']

/** What the database takes, by what it holds. Reads the catalogue, statistics and a few rows of each group, whatever their size. */
export const readStorage = async (req: PayloadRequest): Promise<Storage> => {
  const { tables, databaseBytes } = await listTables(req)
  const days = await readKeptDays(req.payload)
  const facts: Partial<Record<GroupName, GroupFacts>> = {}
  for (const [name, { tables: own, cameAt }] of Object.entries(tableGroups) as [GroupName, TableGroup][]) {
    const [table] = own
    if (cameAt === null || !tables.some((known) => known.name === table)) continue
    const recentRows = await estimateRecentRows(req, { table, cameAt })
    const oldestAt = withoutOrderedIds.includes(name) ? null : await findOldest(req, { table, cameAt })
    facts[name] = { recentRows, oldestAt }
  }
  return computeStorage({ tables, databaseBytes, facts, days })
}
