import type { EventBody } from '#sandbox/google/records'

/** A session as the history knows it. */
export type Booked = {
  id: string
  reference: string
  url: string
  auth: Record<string, string>
  /** As the last command left it. */
  status: string
  start: number
  /** What a person did last to its entry; undefined when something was decided or changed since that is newer. */
  touch: Touch | undefined
  wasTouched: boolean
}

/**
 * `left`: the entry as a person left it. `isFirm`: it was as it should be until then, and nothing was changed or decided since, so that has
 * to stand, and somebody has to be asked.
 */
export type Touch = { eventId: string; left: string; isFirm: boolean }

/** How an entry stands in its calendar, as far as a person has to do with it. */
export const lookOf = ({ status, start, end }: EventBody): string => JSON.stringify([status, start, end])
