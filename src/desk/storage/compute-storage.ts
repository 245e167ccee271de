import type { KeptDays } from '#shared/retention'
import { retentionSettings } from '#shared/retention'
import type { TableFacts } from './storage-queries'
import { type GroupName, type Kept, type TableGroup, tableGroups } from './table-groups'

/** A group of tables and what it takes; sizes in bytes, counts are estimates; null: PostgreSQL has not looked yet. */
export type StorageGroup = {
  name: string
  label: string
  rows: number | null
  bytes: number
  indexBytes: number
  deadRows: number
  /** Rows of the last 30 days, and what they take; null where rows do not say when they came. */
  recentRows: number | null
  recentBytes: number | null
  /** Epoch milliseconds. */
  oldestAt: number | null
  bytesPerBooking: number | null
  /** `part`: what alone the days are for; null: for all of it. */
  kept: { days: number | null; part: string | null; isSetting: boolean; text: string }
}

export type Storage = {
  databaseBytes: number
  bookings: number
  bytesPerBooking: number | null
  groups: StorageGroup[]
}

/** What is known of a group beside its tables. */
export type GroupFacts = { recentRows: number | null; oldestAt: number | null }

const keptOf = (kept: Kept, days: KeptDays): StorageGroup['kept'] => {
  if ('setting' in kept) {
    const { description, label } = retentionSettings[kept.setting]
    const [part, text] = kept.others ? [label.en, `${description.en} ${kept.others}`] : [null, description.en]
    return { days: days[kept.setting], part, isSetting: true, text }
  }
  const text = 'fixed' in kept ? kept.fixed : `Always. ${kept.always}`
  return { days: null, part: null, isSetting: false, text }
}

const sumOf = (tables: readonly TableFacts[], pick: (table: TableFacts) => number): number =>
  tables.reduce((sum, table) => sum + pick(table), 0)

/** Sizes by group, the heaviest first; tables that no group names are an installation's own. */
export const computeStorage = ({
  tables,
  databaseBytes,
  facts,
  days,
}: {
  tables: readonly TableFacts[]
  databaseBytes: number
  facts: Readonly<Partial<Record<GroupName, GroupFacts>>>
  days: KeptDays
}): Storage => {
  const byName = new Map(tables.map((table) => [table.name, table]))
  const bookings = byName.get('scheduled_sessions')?.rows ?? 0
  const perBooking = (bytes: number): number | null => (bookings > 0 ? Math.round(bytes / bookings) : null)
  const summed = (own: readonly TableFacts[]) => ({
    bytes: sumOf(own, ({ bytes, indexBytes }) => bytes + indexBytes),
    indexBytes: sumOf(own, ({ indexBytes }) => indexBytes),
    deadRows: sumOf(own, ({ dead }) => dead),
  })
  const entries = Object.entries(tableGroups) as [GroupName, TableGroup][]
  const groups = entries.map(([name, group]): StorageGroup => {
    const own = group.tables.flatMap((table) => byName.get(table) ?? [])
    const sums = summed(own)
    const rows = byName.get(group.tables[0])?.rows ?? null
    const { recentRows = null, oldestAt = null } = facts[name] ?? {}
    const isEstimated = byName.get(group.tables[0])?.isAnalysed === true
    // The planner never says less than one.
    const recent =
      recentRows === null || rows === null ? null : Math.min(isEstimated && recentRows <= 1 ? 0 : recentRows, rows)
    return {
      name,
      label: group.label,
      rows,
      ...sums,
      recentRows: recent,
      recentBytes: recent === null || !rows ? null : Math.round((sums.bytes / rows) * recent),
      oldestAt,
      bytesPerBooking: group.isOfBookings ? perBooking(sums.bytes) : null,
      kept: keptOf(group.kept, days),
    }
  })
  const known = new Set<string>(entries.flatMap(([, group]) => group.tables))
  const others = tables.filter(({ name }) => !known.has(name))
  if (others.length)
    groups.push({
      name: 'others',
      label: 'Of your extension',
      rows: others.some(({ rows }) => rows === null) ? null : sumOf(others, ({ rows }) => rows ?? 0),
      ...summed(others),
      recentRows: null,
      recentBytes: null,
      oldestAt: null,
      bytesPerBooking: null,
      kept: { days: null, part: null, isSetting: false, text: 'As your extension has it.' },
    })
  const ofBookings = groups.filter(({ bytesPerBooking }) => bytesPerBooking !== null)
  return {
    databaseBytes,
    bookings,
    bytesPerBooking: ofBookings.length
      ? ofBookings.reduce((sum, group) => sum + (group.bytesPerBooking ?? 0), 0)
      : null,
    groups: groups.sort((a, b) => b.bytes - a.bytes),
  }
}
