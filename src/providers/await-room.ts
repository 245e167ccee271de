import { setTimeout as delay } from 'node:timers/promises'
import { countAnywhere } from './count-anywhere'
import { ProviderLimited } from './provider-limited'
import type { Bucket } from './provider-limits'
import type { Turn } from './turn'

/** A turn is taken so long before it comes: later than how late the call before it was is known, early enough for the statement. */
const leadSeconds = 0.14

/** Part of the lead that is left for the timer and the statement, to whoever has just had a turn. */
const earlySeconds = 0.08

/** The same to whoever came away with nothing: they ask before whoever has just had a turn, so that no process is left behind for long. */
const earlierSeconds = 0.12

/** As good as for ever. */
const anyWait = 1e8

/** The calls of this process that wait for the same limits, one behind the other. */
type Line = { length: number; last: Promise<unknown> }

const lines = new Map<string, Line>()

/**
 * A worker's turn where a limit is exact. It is not taken before it comes, as a call that arrives late at the provider puts all later ones off.
 * @throws ProviderLimited when it does not come before `deadline`, epoch ms; then the call is not counted.
 */
export const awaitRoom = async (provider: string, buckets: readonly Bucket[], deadline: number): Promise<Turn> => {
  const key = buckets.map(({ name }) => name).join(' ')
  const line = lines.get(key) ?? { length: 0, last: Promise.resolve() }
  const ahead = line.length * Math.max(...buckets.map(({ spacing }) => spacing))
  if (Date.now() + ahead * 1_000 > deadline) throw new ProviderLimited(provider, ahead)
  const turn = line.last.then(() => takeInTime(provider, buckets, deadline))
  line.length++
  line.last = turn
    .catch(() => undefined)
    .then(() => {
      line.length--
      if (!line.length) lines.delete(key)
    })
  lines.set(key, line)
  const taken = await turn
  if (taken.waitMs > 0) await delay(taken.waitMs)
  return taken
}

const takeInTime = async (provider: string, buckets: readonly Bucket[], deadline: number): Promise<Turn> => {
  // The first time says when to come again, to everybody alike.
  for (let refused = 0; ; refused++) {
    const askedAt = performance.now()
    const counted = await countAnywhere({ buckets, calls: 1, mostSeconds: leadSeconds, furthestSeconds: anyWait })
    if (counted.isTaken) {
      const waits = buckets.map(
        ({ name, spacing, tolerance, window }) =>
          (counted.ahead.get(name) ?? 0) - (window?.seconds ?? spacing) - tolerance,
      )
      const waitMs = Math.max(0, ...waits) * 1_000
      return { waitMs, dueAt: askedAt + waitMs, rooms: counted.turns }
    }
    if (Date.now() + counted.seconds * 1_000 > deadline) throw new ProviderLimited(provider, counted.seconds)
    await delay(Math.max(0, counted.seconds - (refused ? earlierSeconds : earlySeconds)) * 1_000)
  }
}
