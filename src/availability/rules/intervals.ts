import type { Interval } from '../types'

/** The union: sorted, disjoint, not touching; empty and inverted ones are dropped. */
export const uniteIntervals = (intervals: readonly Interval[]): Interval[] => {
  const sorted = intervals.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start)
  const united: Interval[] = []
  let last: Interval | undefined
  for (const { start, end } of sorted) {
    if (last && start <= last.end) {
      if (end > last.end) last.end = end
    } else {
      last = { start, end }
      united.push(last)
    }
  }
  return united
}

/** What is left of one interval when `removed` (as from `uniteIntervals`) is taken out. */
export const subtractIntervals = (interval: Interval, removed: readonly Interval[]): Interval[] => {
  const left: Interval[] = []
  let { start } = interval
  for (const gap of removed) {
    if (gap.end <= start) continue
    if (gap.start >= interval.end) break
    if (gap.start > start) left.push({ start, end: gap.start })
    start = gap.end
  }
  if (start < interval.end) left.push({ start, end: interval.end })
  return left
}
