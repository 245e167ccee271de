import { isWallTime } from '#shared/validation'
import type { TimeRange } from '../types'

const minutesOf = (value: string): number => {
  if (!isWallTime(value)) throw new RangeError(`Not a wall-clock time HH:MM: ${value}.`)
  return Number(value.slice(0, 2)) * 60 + Number(value.slice(3))
}

/** Minutes on the clock after the midnight with which a day begins; `to` is above 1440 when it is on the next day. */
export type WallMinutes = { from: number; to: number }

/** @throws RangeError when a time is malformed. */
export const toWallMinutes = ({ startTime, endTime }: TimeRange): WallMinutes => {
  const from = minutesOf(startTime)
  const to = minutesOf(endTime)
  return { from, to: to > from ? to : to + 1440 }
}
