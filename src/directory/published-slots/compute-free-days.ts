import type { Interval } from '#availability/types'
import { dayMs, minuteMs } from '#shared/time'

/** When sessions of one service can start on one day. */
export type FreeDay = {
  serviceTypeId: string
  /** Days since 1970, in UTC. */
  day: number
  durationMinutes: number
  /** Minutes after midnight in UTC, in order. */
  starts: number[]
}

/** Free slots (epoch milliseconds, as `computePublishedTime` has them) by service and day. */
export const computeFreeDays = (free: readonly (Interval & { serviceTypeId: string })[]): FreeDay[] => {
  const days = new Map<string, FreeDay>()
  for (const { serviceTypeId, start, end } of free) {
    const day = Math.floor(start / dayMs)
    const key = `${serviceTypeId}|${day}`
    const known = days.get(key)
    const minutes = (start - day * dayMs) / minuteMs
    if (known) known.starts.push(minutes)
    else days.set(key, { serviceTypeId, day, durationMinutes: (end - start) / minuteMs, starts: [minutes] })
  }
  return [...days.values()]
}
