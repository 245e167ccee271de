import type { Payload } from 'payload'
import { listPendingMigrations } from '#database/find-pending-migrations'
import { secondsSinceWorker } from '#outbox/worker-heartbeat-queries'

/** A worker that was not seen for so long is taken for dead; it says that it is alive every ten seconds. */
export const workerSilenceSeconds = 60

/** Longer than that the answer is "not ready": whoever asks has a timeout of their own. */
const patienceMs = 3_000

export type Readiness = {
  ok: boolean
  parts: {
    database: { ok: boolean }
    migrations: { ok: boolean; pending: string[] }
    /** `secondsSinceSeen` is null when none was ever seen. */
    worker: { ok: boolean; secondsSinceSeen: number | null }
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
  migrations: { ok: false, pending: [] },
  worker: { ok: false, secondsSinceSeen: null },
}

/** Whether this installation can do its work: the database answers, has all migrations, and a worker is alive. Never throws. */
export const checkReadiness = async (payload: Payload): Promise<Readiness> => {
  try {
    const pending = await withPatience(listPendingMigrations(payload))
    const migrations = { ok: pending.length === 0, pending }
    // The heartbeat's table is made by a migration.
    const seconds = migrations.ok ? await withPatience(secondsSinceWorker(payload)) : null
    const worker = {
      ok: seconds !== null && seconds <= workerSilenceSeconds,
      secondsSinceSeen: seconds === null ? null : Math.round(seconds),
    }
    return { ok: migrations.ok && worker.ok, parts: { database: { ok: true }, migrations, worker } }
  } catch (err) {
    payload.logger.warn({ err, msg: 'The readiness check failed' })
    return { ok: false, parts: unknown }
  }
}
