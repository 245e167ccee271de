import type { PayloadRequest } from 'payload'
import { computeStorage, type GroupFacts, type Storage } from './compute-storage'
import { readKeptDays } from './read-kept-days'
import {
  countRecentRows,
  countSmallTables,
  estimateRecentRows,
  findOldest,
  listTables,
  type TableFacts,
} from './storage-queries'
import { type GroupName, type TableGroup, tableGroups } from './table-groups'

/** Tables whose first column is no id that is ordered by time. */
const withoutOrderedIds: readonly GroupName[] = ['commandAnswers', 'queue', 'openidUses']

/** A table that PostgreSQL has not looked at yet is counted up to this size. */
const smallBytes = 1_000_000
const isCounted = ({ isAnalysed, heapBytes }: TableFacts): boolean => !isAnalysed && heapBytes <= smallBytes

/**
 * What the database takes, by what it holds. Reads the catalogue, statistics and a few rows of each group, whatever their size, and counts small tables
 * that have no statistics yet.
 */
export const readStorage = async (req: PayloadRequest): Promise<Storage> => {
  const { tables: listed, databaseBytes } = await listTables(req)
  const counts = await countSmallTables(
    req,
    listed.filter(isCounted).map(({ name }) => name),
  )
  const tables = listed.map((table) => ({ ...table, rows: counts.get(table.name) ?? table.rows }))
  const days = await readKeptDays(req.payload)
  const facts: Partial<Record<GroupName, GroupFacts>> = {}
  for (const [name, { tables: own, cameAt }] of Object.entries(tableGroups) as [GroupName, TableGroup][]) {
    const [table] = own
    const known = tables.find((one) => one.name === table)
    if (cameAt === null || !known) continue
    const recentRows = isCounted(known)
      ? await countRecentRows(req, { table, cameAt })
      : known.isAnalysed
        ? await estimateRecentRows(req, { table, cameAt })
        : null
    const oldestAt = withoutOrderedIds.includes(name) ? null : await findOldest(req, { table, cameAt })
    facts[name] = { recentRows, oldestAt }
  }
  return computeStorage({ tables, databaseBytes, facts, days })
}
