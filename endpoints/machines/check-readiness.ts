import type { Payload } from 'payload'
import { explainDatabaseError } from '#database/explain-database-error'
import { listPendingMigrations } from '#database/find-pending-migrations'
import { replicaState } from '#database/replica'
import { secondsOfOldestDueJob, secondsSinceWorker, tryWrite } from '#outbox/worker-heartbeat-queries'

/** A worker that was not seen for so long is taken for dead; it says that it is alive every five seconds. */
export const workerSilenceSeconds = 60

/** A job that could have been done for so long: workers are there, but do not keep up, or do nothing. */
export const queueDelaySeconds = 300

/** Longer than that the answer is "not ready": whoever asks has a timeout of their own. */
const patienceMs = 3_000

export type Readiness = {
  ok: boolean
  parts: {
    /** `reason` is why not, as the APIs say it. */
    database: { ok: boolean; reason?: string }
    /** What is asked of the database can be stored: it is neither read-only nor full. */
    writes: { ok: boolean; reason?: string }
    migrations: { ok: boolean; pending: string[] }
    /** `secondsSinceSeen` is null when none was ever seen. */
    worker: { ok: boolean; secondsSinceSeen: number | null }
    /** `oldestDueSeconds` is null when no job waits. */
    queue: { ok: boolean; oldestDueSeconds: number | null }
    /** Whether reads of this process go to the replica, and how far that is behind (null: not known). Only where there is one. */
    replica?: { ok: boolean; lagMs: number | null }
  }
}

class TooLong extends Error {}

const withPatience = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLong('The database did not answer in time.')), patienceMs)
  })
  try {
    return await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

const without = (reason: string): Readiness['parts'] => ({
  database: { ok: false, reason },
  writes: { ok: false },
  migrations: { ok: false, pending: [] },
  worker: { ok: false, secondsSinceSeen: null },
  queue: { ok: false, oldestDueSeconds: null },
})

/** Nothing of the error itself: it may hold an address or a login. */
const reasonOf = (error: unknown): string =>
  error instanceof TooLong ? error.message : (explainDatabaseError(error)?.message ?? 'The log says why.')

const findWrites = async (payload: Payload): Promise<Readiness['parts']['writes']> => {
  try {
    await withPatience(tryWrite(payload))
    return { ok: true }
  } catch (err) {
    payload.logger.warn({ err, msg: 'The readiness check could not write' })
    return { ok: false, reason: reasonOf(err) }
  }
}

const round = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds))

const findReplica = (payload: Payload): Pick<Readiness['parts'], 'replica'> => {
  const state = replicaState(payload)
  return state ? { replica: { ok: state.isUsed, lagMs: round(state.lagMs ?? null) } } : {}
}

/**
 * Whether this installation can do its work: the database answers, has all migrations, and a worker is alive and keeps up. Without its replica it can: what
 * is read there is read from the primary then. Never throws.
 */
export const checkReadiness = async (payload: Payload): Promise<Readiness> => {
  try {
    const pending = await withPatience(listPendingMigrations(payload))
    const migrations = { ok: pending.length === 0, pending }
    // The tables of heartbeat and queue are made by migrations.
    const [seen, due] = migrations.ok
      ? await withPatience(Promise.all([secondsSinceWorker(payload), secondsOfOldestDueJob(payload)]))
      : [null, null]
    const worker = { ok: seen !== null && seen <= workerSilenceSeconds, secondsSinceSeen: round(seen) }
    const queue = { ok: migrations.ok && (due === null || due <= queueDelaySeconds), oldestDueSeconds: round(due) }
    const writes = migrations.ok ? await findWrites(payload) : { ok: false }
    const needed = { database: { ok: true }, writes, migrations, worker, queue }
    return { ok: Object.values(needed).every(({ ok }) => ok), parts: { ...needed, ...findReplica(payload) } }
  } catch (err) {
    payload.logger.warn({ err, msg: 'The readiness check failed' })
    return { ok: false, parts: { ...without(reasonOf(err)), ...findReplica(payload) } }
  }
}
