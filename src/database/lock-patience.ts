import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { findDatabaseError } from './find-database-error'

/**
 * How long a migration may wait for locks. While a statement waits for a table, everybody else waits behind it: so each wait is short
 * and tried again, with time in between for the others.
 */
export type LockPatience = {
  /** Of one wait, in milliseconds. */
  lockTimeoutMs: number
  /** Of all waits and pauses of one run together, in milliseconds. */
  totalMs: number
}

export const usualPatience: LockPatience = { lockTimeoutMs: 1_000, totalMs: 600_000 }

/** lock_not_available, deadlock_detected: rolled back, and to be tried again. */
const worthTryingAgain = new Set(['55P03', '40P01'])

/** Between two tries: twice as long each time, up to 10 s, and never in step with anybody. In milliseconds. */
const pauseAfter = (tries: number): number => Math.min(250 * 2 ** tries, 10_000) * (0.5 + Math.random())

/** Waits for locks, within what is left of its patience. */
export class PatientWaiter {
  readonly #client: pg.Client
  readonly #report: (line: string) => void
  readonly #patience: LockPatience
  #leftMs: number

  constructor(client: pg.Client, { patience, report }: { patience: LockPatience; report: (line: string) => void }) {
    this.#client = client
    this.#report = report
    this.#patience = patience
    this.#leftMs = patience.totalMs
  }

  /**
   * Runs `attempt` until it gets its locks. It must leave nothing of itself when it fails.
   * @param options.blocksNobody it may wait as long as there is patience, as nobody waits behind it.
   * @throws whatever it throws when that is something else, or when the patience is at its end.
   */
  async run(
    what: string,
    attempt: () => Promise<void>,
    { blocksNobody = false }: { blocksNobody?: boolean } = {},
  ): Promise<void> {
    for (let tries = 0; ; tries++) {
      const startedAt = performance.now()
      const timeout = Math.max(1, blocksNobody ? this.#leftMs : Math.min(this.#patience.lockTimeoutMs, this.#leftMs))
      await this.#client.query(`SET lock_timeout = ${Math.round(timeout)}`)
      try {
        return await attempt()
      } catch (error) {
        if (!worthTryingAgain.has(findDatabaseError(error)?.code ?? '')) throw error
        const holders = await this.#describeHolders()
        const pause = pauseAfter(tries)
        this.#leftMs -= performance.now() - startedAt + pause
        if (this.#leftMs <= 0) {
          throw new Error(
            `no lock within ${Math.round(this.#patience.totalMs / 1000)} s. ${holders}Run it again when they are done, or with a larger MIGRATE_PATIENCE_SECONDS.`,
            { cause: error },
          )
        }
        this.#report(`${what}: others hold a lock, tried again in ${(pause / 1000).toFixed(1)} s. ${holders}`.trim())
        await sleep(pause)
      }
    }
  }

  /** Who has had a transaction open for long enough to be what was waited for. */
  async #describeHolders(): Promise<string> {
    const { rows } = await this.#client.query<{ pid: number; name: string; state: string; seconds: number }>(
      `SELECT pid, application_name AS name, state, extract(epoch FROM clock_timestamp() - xact_start)::int AS seconds
       FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()
         AND xact_start < clock_timestamp() - $1 * interval '1 millisecond'
       ORDER BY xact_start LIMIT 5`,
      [Math.min(this.#patience.lockTimeoutMs, 1_000)],
    )
    if (!rows.length) return ''
    const list = rows.map(({ pid, name, state, seconds }) => `process ${pid} (${name}, ${state}, ${seconds} s)`)
    return `Open transactions: ${list.join(', ')}. `
  }
}
