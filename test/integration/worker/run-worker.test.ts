import { sql } from '@payloadcms/db-postgres'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { createConsultant, createServiceType } from '../../support/fixtures'
import { book as bookIn, type MessageWorld, openMessageWorld } from '../../support/message-world'
import type { ProviderGate } from '../../support/provider-gate'

let world: MessageWorld
let gate: ProviderGate
let consultant: ConsultantProfile
let serviceType: ServiceType

beforeAll(async () => {
  world = await openMessageWorld()
  gate = world.gate
  consultant = (await createConsultant(world.payload)).profile
  serviceType = await createServiceType(world.payload, [consultant])
})

const execute = async (query: ReturnType<typeof sql>) => {
  const { poolDb } = await import('#database/transactions')
  return poolDb(world.payload).execute(query)
}
const start = async (concurrency = 3) => {
  const { runWorker } = await import('#worker/run-worker')
  return runWorker(world.payload, { concurrency })
}
const soon = { timeout: 15_000, interval: 50 }
const workerFacts = async () => (await execute(sql`SELECT key FROM parley.facts WHERE key LIKE 'worker:%'`)).rows.length
const deliveries = async () =>
  (
    await execute(sql`
      SELECT delivery_state AS state, delivery_attempts::int AS attempts, count(*)::int AS count FROM notifications
      GROUP BY 1, 2 ORDER BY 1, 2`)
  ).rows

describe('the worker', () => {
  it('two of them do each job once', async () => {
    for (let n = 0; n < 6; n++) await bookIn(world, { consultant, serviceType })
    const workers = await Promise.all([start(), start()])
    await vi.waitFor(() => expect(world.resend.control.emails()).toHaveLength(12), soon)
    await Promise.all(workers.map((worker) => worker.stop()))
    expect(await deliveries()).toEqual([{ state: 'sent', attempts: 1, count: 12 }])
    expect(gate.seen()).toBe(12)
  })

  it('that is stopped finishes what it does, takes nothing new, and leaves no lock behind', async () => {
    gate.set('hold')
    const worker = await start(1)
    const booking = await bookIn(world, { consultant, serviceType })
    await vi.waitFor(() => expect(gate.waiting()).toBe(1), soon)
    let isStopped = false
    const stopped = worker.stop().then(() => (isStopped = true))
    await bookIn(world, { consultant, serviceType })
    expect(isStopped).toBe(false)
    gate.release()
    await stopped
    const told = await booking.notifications()
    expect(told.filter(({ delivery }) => delivery?.state === 'sent')).toHaveLength(1)
    const { rows } = await execute(
      sql`SELECT id, task_identifier FROM graphile_worker.jobs WHERE locked_at IS NOT NULL`,
    )
    expect(rows).toEqual([])
    expect(await workerFacts()).toBe(0)
  })

  it('that cannot give back what it held ends in order all the same: the others hear nothing of it', async () => {
    const worker = await start()
    await execute(sql`ALTER FUNCTION graphile_worker.force_unlock_workers(text[]) RENAME TO away`)
    await worker.stop()
    await execute(sql`ALTER FUNCTION graphile_worker.away(text[]) RENAME TO force_unlock_workers`)
    expect(await workerFacts()).toBe(1)
    await execute(sql`DELETE FROM parley.facts WHERE key LIKE 'worker:%'`)
  })

  it('says that it is alive under the name in which it locks jobs', async () => {
    gate.set('hold')
    await bookIn(world, { consultant, serviceType })
    const worker = await start(2)
    await vi.waitFor(() => expect(gate.waiting()).toBeGreaterThan(0), soon)
    const { rows } = await execute(sql`
      SELECT count(*)::int AS locked, count(*) FILTER (WHERE EXISTS (
        SELECT FROM parley.facts WHERE key LIKE 'worker:%' AND value ? j.locked_by))::int AS known
      FROM graphile_worker.jobs j WHERE locked_at IS NOT NULL`)
    expect(rows[0]?.locked).toBeGreaterThan(0)
    expect(rows[0]?.known).toBe(rows[0]?.locked)
    const { secondsSinceWorker } = await import('#outbox/worker-heartbeat-queries')
    expect(await secondsSinceWorker(world.payload)).toBeLessThan(5)
    gate.release()
    await worker.stop()
  })
})

describe('the log of the worker', () => {
  it('says which job failed and why, but nothing of what it was given', async () => {
    const { withTransaction } = await import('#database/transactions')
    const { enqueue } = await import('#outbox/enqueue')
    const error = vi.spyOn(world.payload.logger, 'error')
    gate.set('down')
    const mail = { to: 'jo@parley.example', subject: 'S', html: '<p>secret words</p>', text: 'secret words', key: 'k' }
    await withTransaction(world.payload, (req) => enqueue(req, { task: 'deliver-mail', errand: mail, maxAttempts: 1 }))
    const worker = await start(1)
    await vi.waitFor(() => expect(error).toHaveBeenCalled(), soon)
    gate.release()
    await worker.stop()
    const lines = error.mock.calls.map(([line, text]) => ({ line, text: String(text) }))
    expect(lines).toMatchObject([{ line: { task: 'deliver-mail' }, text: expect.stringContaining('Failed task') }])
    expect(JSON.stringify(lines)).not.toMatch(/secret words|jo@parley/)
    error.mockRestore()
  })
})

describe('jobs of a worker that died', () => {
  const lockOne = async (name: string, age: string) => {
    const { withTransaction } = await import('#database/transactions')
    const { enqueue } = await import('#outbox/enqueue')
    await withTransaction(world.payload, (req) =>
      enqueue(req, { task: 'sweep', payload: {}, key: `locked:${name}`, runAt: new Date(Date.now() + 3_600_000) }),
    )
    await execute(sql`
      UPDATE graphile_worker._private_jobs SET locked_by = ${name}, locked_at = now() - ${age}::interval
      WHERE key = ${`locked:${name}`}`)
  }
  const isLocked = async (name: string) =>
    (
      await execute(
        sql`SELECT locked_by IS NOT NULL AS locked FROM graphile_worker.jobs WHERE key = ${`locked:${name}`}`,
      )
    ).rows[0]?.locked

  it('are given back after twenty seconds of silence; those of a living one, and young ones, are not', async () => {
    const { noteWorkerAlive, unlockJobsOfDeadWorkers } = await import('#outbox/worker-heartbeat-queries')
    await noteWorkerAlive(world.payload, { id: 'alive', lockNames: ['alive-1'] })
    await noteWorkerAlive(world.payload, { id: 'silent', lockNames: ['silent-1'] })
    await execute(sql`UPDATE parley.facts SET updated_at = now() - interval '21 seconds' WHERE key = 'worker:silent'`)
    await lockOne('alive-1', '10 minutes')
    await lockOne('silent-1', '10 minutes')
    await lockOne('unknown-1', '10 minutes')
    await lockOne('starting-1', '5 seconds')
    expect(await unlockJobsOfDeadWorkers(world.payload)).toBe(2)
    expect(await isLocked('alive-1')).toBe(true)
    expect(await isLocked('starting-1')).toBe(true)
    expect(await isLocked('silent-1')).toBe(false)
    expect(await isLocked('unknown-1')).toBe(false)
  })
})

describe('a job that is put back', () => {
  it('keeps since when it could have been done, and comes before younger ones of its priority after an hour', async () => {
    const { postponeJob } = await import('#outbox/put-back-queries')
    const { rows } = await execute(
      sql`SELECT id::text FROM graphile_worker.add_job('deliver-mail', '{}', run_at => now() + interval '1 day', priority => 13)`,
    )
    const id = String(rows[0]?.id)
    const putBack = async () => {
      await execute(
        sql`UPDATE graphile_worker._private_jobs SET locked_by = 'me', locked_at = now(), attempts = 1 WHERE id = ${id}`,
      )
      await postponeJob(world.payload, { id, lockedBy: 'me' }, { seconds: 900, reason: 'not now' })
      const { rows: jobs } = await execute(
        sql`SELECT priority, attempts, created_at > now() + interval '23 hours' AS later FROM graphile_worker._private_jobs WHERE id = ${id}`,
      )
      return jobs[0]
    }
    expect(await putBack()).toEqual({ priority: 13, attempts: 0, later: true })
    await execute(
      sql`UPDATE graphile_worker._private_jobs SET created_at = now() - interval '2 hours' WHERE id = ${id}`,
    )
    expect(await putBack()).toEqual({ priority: 12, attempts: 0, later: false })
    expect(await putBack()).toMatchObject({ priority: 11 })
    // Not before anything more urgent.
    expect(await putBack()).toMatchObject({ priority: 11 })
    await execute(sql`DELETE FROM graphile_worker._private_jobs WHERE id = ${id}`)
  })
})
