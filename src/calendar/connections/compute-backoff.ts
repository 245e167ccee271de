import { minuteMs } from '#shared/time'

const longestMs = 15 * minuteMs

/**
 * How long to wait before the next try, milliseconds: longer with every failure in a row, at least what the provider asks for, and
 * spread, so that not everybody comes back at once.
 * @param random 0 to 1.
 */
export const computeBackoffMs = (failures: number, retryAfterSeconds: number | undefined, random: number): number => {
  const usual = Math.min(longestMs, 2_000 * 2 ** Math.min(Math.max(failures - 1, 0), 12))
  const spread = usual / 2 + (usual / 2) * random
  return Math.round(Math.max(spread, (retryAfterSeconds ?? 0) * 1_000 * (1 + 0.2 * random)))
}
