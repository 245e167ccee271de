import type { Bucket } from './provider-limits'
import type { CallsToCount, CountedCalls, NotCountedCalls, WindowTurn } from './provider-queries'

/** By bucket: when the next call may go, milliseconds of this process' own clock. */
const nextAt = new Map<string, number>()

/** By bucket that is exact: from when on each call of its window makes room for another one. */
const rooms = new Map<string, number[]>()

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
  const turns: WindowTurn[] = []
  const ahead = new Map<string, number>()
  for (const bucket of buckets) {
    const { name, window } = bucket
    const begins = free(bucket)
    const ends = begins + (window?.seconds ?? calls * bucket.spacing) * 1_000
    const own = Math.min(ends, Math.max(begins, now + furthestSeconds * 1_000))
    ahead.set(name, (own - now) / 1_000)
    if (window) turns.push({ bucket: name, room: String(own) })
    nextAt.set(name, window ? Math.min(...takeRoom(name, window.calls, begins, own)) : own)
  }
  return { isTaken: true, ahead, turns }
}

/** The first of the rooms is taken, and there is one again at `own`. → those that are there then. */
const takeRoom = (name: string, calls: number, begins: number, own: number): readonly number[] => {
  const known = [...(rooms.get(name) ?? []), ...Array<number>(calls).fill(begins)]
  const latest = known.map((room) => Math.max(room, begins)).sort((a, b) => b - a)
  const taken = [...latest.slice(0, calls).slice(0, -1), own]
  rooms.set(name, taken)
  return taken
}

/** What `postponeRoom` does, for this process alone. */
export const postponeRoomHere = ({ bucket, room }: WindowTurn, seconds: number): void => {
  const known = rooms.get(bucket)
  const at = known?.indexOf(Number(room)) ?? -1
  if (!known || at < 0) return
  known[at] = Number(room) + seconds * 1_000
  nextAt.set(bucket, Math.max(nextAt.get(bucket) ?? 0, Math.min(...known)))
}

/** What `holdCalls` does, for this process alone. */
export const holdHere = ({ name, tolerance }: Bucket, seconds: number): void => {
  const until = performance.now() + (seconds + tolerance) * 1_000
  nextAt.set(name, Math.max(until, nextAt.get(name) ?? until))
}
