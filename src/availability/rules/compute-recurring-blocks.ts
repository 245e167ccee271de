import { formatCalendarDay } from './calendar-day'
import { computeRecurrenceDays } from './compute-recurrence-days'
import { uniteIntervals } from './intervals'
import type { AvailabilityRules, Interval, RecurringBlock } from '../types'
import { zoneOffsets } from './zone-offsets'
import { dayMs, hourMs } from '#shared/time'

/** By elapsed time: a day on the clock, with the hour that a change of clocks may add. */
export const longestRecurringMs = dayMs + hourMs

/** A block that comes back lasts a day at most, on the clock; that and an hour of a change of clocks. */
const reachDays = 2

/**
 * The time that blocks take each time they come back, as far as it touches [`from`, `to`) (epoch milliseconds): sorted, disjoint. The first time is among
 * them, as their rule chooses it.
 *
 * A block is at the same time of day whenever it comes back, on the clock of the zone in which it was written (the rules', where it has none): from where it first begins to where it first ends. A time that
 * does not exist moves forward, one that exists twice is the first, as everywhere in these rules. Like claims, and unlike breaks, blocks take slots away and
 * never shift the grid of starts.
 * @throws RangeError for a rule that cannot be read.
 */
export const computeRecurringBlocks = (
  { recurringBlocks, timeZone }: Pick<AvailabilityRules, 'recurringBlocks' | 'timeZone'>,
  { from, to }: { from: number; to: number },
): Interval[] => {
  if (!recurringBlocks.length) return []
  const all = recurringBlocks.flatMap((block) => {
    const own = block.timeZone ?? timeZone
    const zone = zoneOffsets(own)
    const span = { firstDay: zone.dayAt(from) - reachDays, lastDay: zone.dayAt(to) + 1 }
    const day = zone.dayAt(block.start)
    const startsAfter = block.start + zone.offsetAt(block.start) - day * dayMs
    const endsAfter = block.end + zone.offsetAt(block.end) - day * dayMs
    return daysOf(block, { day, timeZone: own, ...span }).map((again): Interval => {
      const start = zone.toInstant(again * dayMs + startsAfter)
      const end = zone.toInstant(again * dayMs + endsAfter)
      // Over a change of clocks it can end where it begins, or before: it lasts as long as the first time then.
      return { start, end: end > start ? end : start + block.end - block.start }
    })
  })
  return uniteIntervals(all).filter(({ start, end }) => end > from && start < to)
}

const daysOf = (
  { rrule }: RecurringBlock,
  { day, timeZone, firstDay, lastDay }: { day: number; timeZone: string; firstDay: number; lastDay: number },
): number[] =>
  lastDay < day
    ? []
    : computeRecurrenceDays({
        ...{ rrule, startDate: formatCalendarDay(day), timeZone },
        ...{ firstDay: Math.max(firstDay, day), lastDay },
      })

/** Whether a rule chooses the day on which a block first is; otherwise it would be on one day and come back on others. */
export const isOnFirstDay = (block: RecurringBlock, timeZone: string): boolean => {
  const day = zoneOffsets(timeZone).dayAt(block.start)
  return daysOf(block, { day, timeZone, firstDay: day, lastDay: day }).length > 0
}
