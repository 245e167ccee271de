import { setTimeout as delay } from 'node:timers/promises'
import type { Payload } from 'payload'
import { presentCaller } from './caller'
import { countHere, holdHere } from './count-here'
import { ProviderLimited } from './provider-limited'
import type { Bucket } from './provider-limits'
import { sharedDatabase } from './provider-database'
import { type CallsToCount, countCalls, type CountedCalls, holdCalls, type NotCountedCalls } from './provider-queries'

type Waiting = { go: (waitMs: number) => void; postpone: (seconds: number) => void }

/** Those of this process that wait for the same limits and are counted by the next statement. */
const queues = new Map<string, Waiting[]>()

type Turn = Omit<CallsToCount, 'calls'> & { isPerson: boolean }

/** The database is away more often than a limit is exceeded: then this process counts for itself. */
const count = async (payload: Payload | undefined, asked: CallsToCount): Promise<CountedCalls | NotCountedCalls> => {
  if (!payload) return countHere(asked)
  try {
    return await countCalls(payload, asked)
  } catch {
    return countHere(asked)
  }
}

/** So many calls may be counted at once that the last one does not wait much longer than the first one may. */
const mostAtOnce = ({ buckets, mostSeconds }: Turn): number =>
  1 + Math.floor(Math.min(...buckets.map(({ spacing, tolerance }) => (mostSeconds + tolerance) / spacing)))

/** Counts those that wait at this moment in one statement, and the others and those that came meanwhile in the next ones. */
const serve = async (key: string, turn: Turn): Promise<void> => {
  for (;;) {
    const waiting = queues.get(key)?.splice(0, mostAtOnce(turn)) ?? []
    if (!waiting.length) {
      queues.delete(key)
      return
    }
    const counted = await count(sharedDatabase(), { ...turn, calls: waiting.length })
    waiting.forEach(({ go, postpone }, index) => {
      if (!counted.isTaken) {
        postpone(counted.seconds)
        return
      }
      const waits = turn.buckets.map(
        ({ name, spacing, tolerance }) =>
          (counted.ahead.get(name) ?? 0) - (waiting.length - index) * spacing - tolerance,
      )
      go(Math.max(0, ...waits) * 1_000)
    })
  }
}

/** How long the next call has to wait for its turn, which it has taken by that; or that it has taken none. */
const takeTurn = (turn: Turn): Promise<{ waitMs: number } | { postponedBySeconds: number }> => {
  const key = `${turn.isPerson ? 'person' : 'worker'} ${turn.buckets.map(({ name }) => name).join(' ')}`
  return new Promise((resolve) => {
    const waiting: Waiting = {
      go: (waitMs) => resolve({ waitMs }),
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
 * @throws ProviderLimited when it may not go before the caller's patience ends; then it is not counted.
 */
export const awaitTurn = async (provider: string, buckets: readonly Bucket[], deadline: number): Promise<void> => {
  if (!buckets.length) return
  const { isPerson } = presentCaller()
  const left = Math.max(0, deadline - Date.now())
  const turn = takeTurn({
    buckets,
    isPerson,
    mostSeconds: isPerson ? anyWait : left / 1_000,
    furthestSeconds: isPerson ? furthestOfPersonsSeconds : anyWait,
  })
  const wait = turn.then(async (taken) => {
    if ('postponedBySeconds' in taken) throw new ProviderLimited(provider, taken.postponedBySeconds)
    if (taken.waitMs > 0) await delay(isPerson ? Math.min(taken.waitMs, left) : taken.waitMs)
  })
  await (isPerson ? Promise.race([wait, delay(left)]) : wait)
}

/** The provider has said that it takes no calls for a while: nobody makes one. */
export const holdBack = async (bucket: Bucket, seconds: number): Promise<void> => {
  const payload = sharedDatabase()
  holdHere(bucket, seconds)
  await (payload && holdCalls(payload, bucket, seconds).catch(() => undefined))
}
