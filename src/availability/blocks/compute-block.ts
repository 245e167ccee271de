import type { FieldError } from '#shared/errors'
import type { Interval } from '../types'
import { dayMs, minuteMs } from '#shared/time'
export const maxBlockDays = 366

/**
 * The time that a block takes: whole minutes around what was written, so that seconds of a date picker never leave a gap.
 * @returns the interval (epoch ms), or what is wrong with it.
 */
export const computeBlock = (
  written: { startsAt: string | undefined; endsAt: string | undefined },
  now: number,
): { block: Interval } | { faults: FieldError[] } => {
  const [start, end] = [Date.parse(written.startsAt ?? ''), Date.parse(written.endsAt ?? '')]
  const faults = [
    ...(Number.isFinite(start) ? [] : [{ path: 'startsAt', message: 'is required' }]),
    ...(Number.isFinite(end) ? [] : [{ path: 'endsAt', message: 'is required' }]),
  ]
  if (faults.length) return { faults }
  if (end <= start) return { faults: [{ path: 'endsAt', message: 'must be after the start' }] }
  if (end <= now) return { faults: [{ path: 'endsAt', message: 'lies in the past' }] }
  const block = { start: Math.floor(start / minuteMs) * minuteMs, end: Math.ceil(end / minuteMs) * minuteMs }
  if (block.end - block.start > maxBlockDays * dayMs) {
    return { faults: [{ path: 'endsAt', message: `must be at most ${maxBlockDays} days after the start` }] }
  }
  return { block }
}
