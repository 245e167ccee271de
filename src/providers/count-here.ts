import type { Bucket } from './provider-limits'
import type { CallsToCount, CountedCalls, NotCountedCalls } from './provider-queries'

/** By bucket: when the next call may go, milliseconds of this process' own clock. */
const nextAt = new Map<string, number>()

/** What `countCalls` does, for this process alone. */
export const countHere = ({
  buckets,
  calls,
  mostSeconds,
  furthestSeconds,
}: CallsToCount): CountedCalls | NotCountedCalls => {
  const now = performance.now()
  const free = ({ name }: Bucket) => Math.max(now, nextAt.get(name) ?? now)
  const seconds = Math.max(0, ...buckets.map((bucket) => (free(bucket) - now) / 1_000 - bucket.tolerance))
  if (seconds > mostSeconds) return { isTaken: false, seconds }
  for (const bucket of buckets) {
    const next = free(bucket) + calls * bucket.spacing * 1_000
    nextAt.set(bucket.name, Math.min(next, Math.max(free(bucket), now + furthestSeconds * 1_000)))
  }
  return { isTaken: true, ahead: new Map(buckets.map((bucket) => [bucket.name, (free(bucket) - now) / 1_000])) }
}

/** What `holdCalls` does, for this process alone. */
export const holdHere = ({ name, tolerance }: Bucket, seconds: number): void => {
  const until = performance.now() + (seconds + tolerance) * 1_000
  nextAt.set(name, Math.max(until, nextAt.get(name) ?? until))
}
