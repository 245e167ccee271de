import { dayMs } from '#shared/time'

/** How far ahead free time is published, in days. */
export const publishedDays = 60

/** The longest window of a search by free time, in days. */
export const maxSearchDays = 62

/** The window in which somebody is to be free, epoch milliseconds; an open end is as far as time is published. */
export type SearchWindow = { start: number; end: number | null }

/**
 * What a search asks for with its two ends: what is left out is now, or as far as time is published.
 * @returns nothing when it asks for no time, or what is wrong with the window.
 */
export const toSearchWindow = (
  { from, to }: { from: number | undefined; to: number | undefined },
  now: number,
): SearchWindow | undefined | { fault: string } => {
  if (from === undefined && to === undefined) return undefined
  const start = Math.max(from ?? now, now)
  if (to !== undefined && to - start > maxSearchDays * dayMs) {
    return {
      fault: `must be at most ${maxSearchDays} days after ${from === undefined || from <= now ? 'now' : 'availableFrom'}: free time is published for the next ${publishedDays} days. Leave it out to search as far as that`,
    }
  }
  return { start, end: to ?? null }
}
