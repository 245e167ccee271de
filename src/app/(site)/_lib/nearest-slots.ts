import type { Slot, Slots } from './api-types'
import { epochOf } from './dates'

/** The `count` slots nearest to a wanted instant, in order of time. */
export const nearestSlots = ({ slots }: Slots, wanted: string, count: number): Slot[] => {
  const target = epochOf(wanted)
  const distance = ({ start }: Slot): number => Math.abs(epochOf(start) - target)
  return Object.values(slots)
    .flat()
    .filter(({ start }) => epochOf(start) !== target)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, count)
    .sort((a, b) => epochOf(a.start) - epochOf(b.start))
}
