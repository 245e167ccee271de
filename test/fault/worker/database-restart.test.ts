import pg from 'pg'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { supervise } from '#server/supervise'
import { cleanUpLater } from '../../support/clean-up'
import { expectAllDone } from '../../support/faults/expect-all-done'
import { type FaultWorld, openFaultWorld } from '../../support/faults/fault-world'
import { startLoad } from '../../support/faults/load'
import { runDueJobs } from '../../support/jobs'
import { startWorkerProcess } from '../../support/servers'

let world: FaultWorld

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 100_000, interval: 100 })

beforeAll(async () => {
  world = await openFaultWorld({ webs: 1, workers: 0, experts: 1 })
})

const onDatabase = async <Result>(run: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client({ connectionString: world.postgres.database.url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const queueMails = (from: number, to: number) =>
  onDatabase((client) =>
    client.query(
      `SELECT graphile_worker.add_job('deliver-mail', json_build_object('to', 'jo' || n || '@parley.example',
         'subject', 'S', 'html', '<p>H</p>', 'text', 'T', 'key', 'k' || n)) FROM generate_series($1::int, $2::int) n`,
      [from, to],
    ),
  )

const mailJobs = () =>
  onDatabase(
    async (client) =>
      (await client.query(`SELECT locked_by FROM graphile_worker.jobs WHERE task_identifier = 'deliver-mail'`)).rows,
  )

describe('PostgreSQL that restarts under load', () => {
  it('costs no booking: each has its mails, entry and money, once, and none was answered as our fault', async () => {
    const load = startLoad(world, 4)
    await until(() => expect(load.count()).toBeGreaterThan(1))
    await world.postgres.restart('immediate')
    const since = load.count()
    await until(() => expect(load.count()).toBeGreaterThan(since + 3))
    const booked = await load.stop()
    await until(async () => {
      await runDueJobs(world.payload, world.database)
      await expectAllDone(world, booked)
    })
    expect(load.answers.faults).toEqual([])
  })

  it('stops no work: workers end or go on, are there again, and every mail goes out once', async () => {
    const { resend } = world
    await resend.control.clear()
    const said: string[] = []
    const workers = ['one', 'two'].map((name) => {
      const worker = supervise({
        name,
        script: 'src/server/worker.ts',
        env: { ...process.env, ...world.env, LOG_LEVEL: 'fatal' },
        report: (line) => said.push(line),
      })
      cleanUpLater(() => worker.stop())
      return worker
    })
    await Promise.all(workers.map(({ ready }) => ready))
    await queueMails(1, 40)
    await until(() => expect(resend.control.emails().length).toBeGreaterThan(5))
    await world.postgres.restart('fast')
    await queueMails(41, 80)
    await until(() => expect(new Set(resend.control.emails().flatMap(({ to }) => to)).size).toBe(80))
    expect(resend.control.emails()).toHaveLength(80)
    // What was under way is no longer locked by anybody who is gone.
    await until(async () => expect(await mailJobs()).toEqual([]))
    await Promise.all(workers.map((worker) => worker.stop()))
    expect(said.filter((line) => /did not start/.test(line))).toEqual([])
  })

  it('ends a worker whose queue has ended, and gives back what it held', async () => {
    const { postgres, env } = world
    const worker = await startWorkerProcess({ database: postgres.database, env: { ...env, LOG_LEVEL: 'fatal' } })
    // What it has done cannot be noted.
    await onDatabase(async (client) => {
      await client.query(
        `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'`,
      )
      await client.query(
        'CREATE TRIGGER refuse BEFORE DELETE ON graphile_worker._private_jobs EXECUTE FUNCTION refuse()',
      )
    })
    await queueMails(81, 81)
    expect(await worker.exited, worker.output()).toBe(1)
    expect(worker.output()).toContain('The worker takes no more jobs')
    expect(await mailJobs()).toEqual([{ locked_by: null }])
    await onDatabase((client) => client.query('DROP FUNCTION refuse() CASCADE'))
  })
})
