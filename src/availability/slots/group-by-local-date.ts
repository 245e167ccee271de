import { createLocalFormatter } from './create-local-formatter'
import type { Interval } from '../types'

/** ISO 8601 with the offset of the viewer's zone at that instant. */
export type LocalSlot = { start: string; end: string }

/**
 * Groups slots by the date on which they start in the viewer's zone. Keys (YYYY-MM-DD) are in the order of the slots,
 * which is that of time; a day without slots has no key. The zone changes how instants are shown, never which there
 * are.
 * @throws RangeError when there is no such zone.
 */
export const groupByLocalDate = (slots: readonly Interval[], timeZone: string): Record<string, LocalSlot[]> => {
  const format = createLocalFormatter(timeZone)
  const groups: Record<string, LocalSlot[]> = {}
  for (const slot of slots) {
    const { date, iso } = format(slot.start)
    const local = { start: iso, end: format(slot.end).iso }
    const group = groups[date]
    if (group) group.push(local)
    else groups[date] = [local]
  }
  return groups
}
