import type { Payload } from 'payload'
import { listPendingMigrations } from '#database/find-pending-migrations'
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
    database: { ok: boolean }
    /** What is asked of the database can be stored: it is neither read-only nor full. */
    writes: { ok: boolean }
    migrations: { ok: boolean; pending: string[] }
    /** `secondsSinceSeen` is null when none was ever seen. */
    worker: { ok: boolean; secondsSinceSeen: number | null }
    /** `oldestDueSeconds` is null when no job waits. */
    queue: { ok: boolean; oldestDueSeconds: number | null }
  }
}

const withPatience = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database did not answer in time.')), patienceMs)
  })
  try {
    return await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

const unknown: Readiness['parts'] = {
  database: { ok: false },
  writes: { ok: false },
  migrations: { ok: false, pending: [] },
  worker: { ok: false, secondsSinceSeen: null },
  queue: { ok: false, oldestDueSeconds: null },
}

const canWrite = async (payload: Payload): Promise<boolean> => {
  try {
    await withPatience(tryWrite(payload))
    return true
  } catch (err) {
    payload.logger.warn({ err, msg: 'The readiness check could not write' })
    return false
  }
}

const round = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds))

/** Whether this installation can do its work: the database answers, has all migrations, and a worker is alive and keeps up. Never throws. */
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
    const writes = { ok: migrations.ok && (await canWrite(payload)) }
    const parts = { database: { ok: true }, writes, migrations, worker, queue }
    return { ok: Object.values(parts).every(({ ok }) => ok), parts }
  } catch (err) {
    payload.logger.warn({ err, msg: 'The readiness check failed' })
    return { ok: false, parts: unknown }
  }
}
