import type { FieldError } from '#shared/errors'
import { minuteMs } from '#shared/time'

/** A form shows whole minutes, so "now" may be up to a minute ago when it arrives. */
const toleranceMs = minuteMs

/**
 * What is wrong with the time that a requester would like; either end may be left open. Instants are epoch milliseconds.
 * @returns one entry per fault; nothing when it can be had.
 */
export const findWindowFaults = (
  window: { preferredStart: number | null; preferredEnd: number | null },
  now: number,
): FieldError[] => {
  const { preferredStart: start, preferredEnd: end } = window
  const faults: FieldError[] = []
  if (start !== null && start < now - toleranceMs) faults.push({ path: 'preferredStart', message: 'lies in the past' })
  if (start !== null && end !== null && end <= start) {
    faults.push({ path: 'preferredEnd', message: 'must be after preferredStart' })
  } else if (end !== null && end <= now) {
    faults.push({ path: 'preferredEnd', message: 'lies in the past' })
  }
  return faults
}
