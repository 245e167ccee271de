import type { Interval } from '../types'

/**
 * What is taken of somebody's time, in PostgreSQL's words: equal texts are equal times. Null: nobody knows when they are free, because a
 * connected calendar that blocks time was never read, or not for a day where the settings say that this closes it.
 */
export type TakenText = string | null

const allTime: Interval = { start: 0, end: Number.MAX_SAFE_INTEGER }

/** The same as intervals of epoch ms, in any order. */
export const readTaken = (taken: TakenText): Interval[] =>
  taken === null
    ? [allTime]
    : (JSON.parse(taken) as [number, number][][]).flatMap((times) => times.map(([start, end]) => ({ start, end })))
