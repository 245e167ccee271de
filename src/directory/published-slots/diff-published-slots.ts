import type { PublishedSlot } from './compute-published-slots'

/** A row as it stands in the table; somebody may have written it by hand, so anything may be missing. */
export type PublishedRow = { id: string } & { [Key in keyof PublishedSlot]: PublishedSlot[Key] | null }

export type PublishedDiff = {
  /** Rows to delete. */
  gone: string[]
  /** Rows that do not exist yet. */
  added: PublishedSlot[]
  /** Rows that stay, with other contents. */
  changed: (PublishedSlot & { id: string })[]
}

const keyOf = ({ serviceTypeId, start, end }: Pick<PublishedRow, 'serviceTypeId' | 'start' | 'end'>): string =>
  `${serviceTypeId}|${start}|${end}`

const isSame = (row: PublishedRow, slot: PublishedSlot): boolean =>
  row.scheduleId === slot.scheduleId &&
  row.occupiedFrom === slot.occupiedFrom &&
  row.occupiedUntil === slot.occupiedUntil &&
  row.timeZone === slot.timeZone &&
  row.amount === slot.amount &&
  row.currency === slot.currency

/** What has to be written so that exactly `wanted` is published: mostly next to nothing, as one booking changes one row. */
export const diffPublishedSlots = (rows: readonly PublishedRow[], wanted: readonly PublishedSlot[]): PublishedDiff => {
  const missing = new Map(wanted.map((slot) => [keyOf(slot), slot]))
  const diff: PublishedDiff = { gone: [], added: [], changed: [] }
  for (const row of rows) {
    const key = keyOf(row)
    const slot = missing.get(key)
    // A key that was met before is a double; only one may stay.
    if (!slot) diff.gone.push(row.id)
    else if (!isSame(row, slot)) diff.changed.push({ ...slot, id: row.id })
    missing.delete(key)
  }
  diff.added.push(...missing.values())
  return diff
}
