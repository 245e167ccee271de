import { setTimeout as delay } from 'node:timers/promises'
import { awaitRoom } from './await-room'
import { presentCaller } from './caller'
import { countAnywhere } from './count-anywhere'
import { holdHere } from './count-here'
import { sharedDatabase } from './provider-database'
import { ProviderLimited } from './provider-limited'
import type { Bucket } from './provider-limits'
import { type CallsToCount, holdCalls } from './provider-queries'
import type { Turn } from './turn'

type Waiting = { go: (turn: Turn) => void; postpone: (seconds: number) => void }

/** Those of this process that wait for the same limits and are counted by the next statement. */
const queues = new Map<string, Waiting[]>()

type WantedTurn = Omit<CallsToCount, 'calls'> & { isPerson: boolean }

/** So many calls may be counted at once that the last one does not wait much longer than the first one may. */
const mostAtOnce = ({ buckets, mostSeconds }: WantedTurn): number =>
  buckets.some(({ window }) => window)
    ? 1
    : 1 + Math.floor(Math.min(...buckets.map(({ spacing, tolerance }) => (mostSeconds + tolerance) / spacing)))

/** Counts those that wait at this moment in one statement, and the others and those that came meanwhile in the next ones. */
const serve = async (key: string, turn: WantedTurn): Promise<void> => {
  for (;;) {
    const waiting = queues.get(key)?.splice(0, mostAtOnce(turn)) ?? []
    if (!waiting.length) {
      queues.delete(key)
      return
    }
    const askedAt = performance.now()
    const counted = await countAnywhere({ ...turn, calls: waiting.length })
    waiting.forEach(({ go, postpone }, index) => {
      if (!counted.isTaken) {
        postpone(counted.seconds)
        return
      }
      const waits = turn.buckets.map(
        ({ name, spacing, tolerance, window }) =>
          (counted.ahead.get(name) ?? 0) - (window?.seconds ?? (waiting.length - index) * spacing) - tolerance,
      )
      const waitMs = Math.max(0, ...waits) * 1_000
      go({ waitMs, dueAt: askedAt + waitMs, rooms: counted.turns })
    })
  }
}

/** How long the next call has to wait for its turn, which it has taken by that; or that it has taken none. */
const takeTurn = (turn: WantedTurn): Promise<Turn | { postponedBySeconds: number }> => {
  const key = `${turn.isPerson ? 'person' : 'worker'} ${turn.buckets.map(({ name }) => name).join(' ')}`
  return new Promise((resolve) => {
    const waiting: Waiting = {
      go: resolve,
      postpone: (seconds) => resolve({ postponedBySeconds: seconds }),
    }
    const queue = queues.get(key)
    if (queue) {
      queue.push(waiting)
      return
    }
    queues.set(key, [waiting])
    void serve(key, turn)
  })
}

/** Calls that do not wait for their turn may be many: those of workers wait so long for them at most. */
const furthestOfPersonsSeconds = 900

/** As good as for ever; PostgreSQL has no infinite interval before version 17. */
const anyWait = 1e8

/**
 * Waits until a call may go, and counts it.
 * @returns its turn, for `noteArrival`; undefined where there is no limit, or nobody waited to hear of one.
 * @throws ProviderLimited when it may not go before the caller's patience ends; then it is not counted.
 */
export const awaitTurn = async (
  provider: string,
  buckets: readonly Bucket[],
  deadline: number,
): Promise<Turn | undefined> => {
  if (!buckets.length) return undefined
  const { isPerson } = presentCaller()
  const left = Math.max(0, deadline - Date.now())
  if (!isPerson && buckets.some(({ window }) => window)) return awaitRoom(provider, buckets, deadline)
  const wanted = takeTurn({
    buckets,
    isPerson,
    mostSeconds: isPerson ? anyWait : left / 1_000,
    furthestSeconds: isPerson ? furthestOfPersonsSeconds : anyWait,
  })
  const turn = wanted.then(async (taken) => {
    if ('postponedBySeconds' in taken) throw new ProviderLimited(provider, taken.postponedBySeconds)
    if (taken.waitMs > 0) await delay(isPerson ? Math.min(taken.waitMs, left) : taken.waitMs)
    return taken
  })
  return isPerson ? Promise.race([turn, delay(left, undefined)]) : turn
}

/** The provider has said that it takes no calls for a while: nobody makes one. */
export const holdBack = async (bucket: Bucket, seconds: number): Promise<void> => {
  const payload = sharedDatabase()
  holdHere(bucket, seconds)
  await (payload && holdCalls(payload, bucket, seconds).catch(() => undefined))
}
