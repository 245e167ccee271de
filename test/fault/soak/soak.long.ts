import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, expect, it } from 'vitest'
import type { User } from '#payload-types'
import { compileOnce } from '#server/build-once'
import type { Supervised } from '#server/supervise'
import { createUser } from '../../support/fixtures'
import { drawFaults, type DrawnFault } from '../../support/faults/draw'
import { expectAllDone } from '../../support/faults/expect-all-done'
import { allReady, eventually, type FaultWorld, openFaultWorld } from '../../support/faults/fault-world'
import type { Load } from '../../support/faults/load'
import { startSoakLoad } from '../../support/faults/soak-load'

/** `npm run soak -- --minutes=20 --seed=…` sets these. */
const minutes = Number(process.env.PARLEY_SOAK_MINUTES ?? 2)
const seed = Number(process.env.PARLEY_SOAK_SEED ?? Math.floor(Math.random() * 1_000_000))

/** Mails come again after pauses of up to ten minutes, and so may what waits for one of them. */
const restMs = 20 * 60_000

let world: FaultWorld

beforeAll(async () => {
  await compileOnce((line) => console.log(line))
  world = await openFaultWorld({
    webs: 2,
    workers: 2,
    experts: 6,
    // As Stripe does, whoever is away for seconds hears of everything later.
    webhookRetryDelays: [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000],
    keptEmails: 1_000_000,
  })
}, 600_000)

const oneOf = <Item>(items: readonly Item[], which: number): Item => {
  const item = items[Math.floor(which * items.length)]
  if (item === undefined) throw new Error('There is none.')
  return item
}

/** As the kernel does when memory runs out; whoever supervises it starts it again. */
const killOne = (processes: readonly Supervised[], which: number): void => {
  const pid = oneOf(processes, which).pid()
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}

const always = 1_000_000

const apiFaults = ['rate_limit', 'server_error', 'server_error_after', 'disconnect', 'lose', 'hang'] as const
const mailFaults = ['server_error', 'rate_limit', 'concurrent', 'disconnect', 'lose', 'hang'] as const
const calendarFaults = [
  'server_error',
  'unavailable',
  'too_many_requests',
  'user_rate_limit',
  'disconnect',
  'hang',
] as const

/** Each resolves when it is over. */
const faults = {
  'a web process is killed': ({ which }) => killOne(world.processes.webs, which),
  'a worker is killed': ({ which }) => killOne(world.processes.workers, which),
  'PostgreSQL is restarted': () => world.postgres.restart('fast'),
  'PostgreSQL crashes': () => world.postgres.restart('immediate'),
  'connections end': async ({ seconds }) => {
    for (const end = Date.now() + seconds * 1_000; Date.now() < end; await delay(300)) {
      await world.postgres.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 2`,
      )
    }
  },
  'Stripe is in trouble': async ({ seconds, which }) => {
    const { control } = world.stripe
    control.failNext({ kind: oneOf(apiFaults, which), times: always })
    await delay(seconds * 1_000)
    control.clearFaults()
  },
  'events of Stripe come late, the latest first': async ({ seconds }) => {
    const { control } = world.stripe
    control.holdWebhooks()
    await delay(seconds * 1_000)
    control.releaseWebhooks('reversed')
  },
  'Resend is in trouble': async ({ seconds, which }) => {
    const { control } = world.resend
    control.fail({ kind: oneOf(mailFaults, which), times: always })
    await delay(seconds * 1_000)
    control.clearFaults()
  },
  'Google is in trouble': async ({ seconds, which }) => {
    const { control } = world.google
    const kind = oneOf(calendarFaults, which)
    control.failNext({ kind, times: always, applied: which > 0.5 && (kind === 'hang' || kind === 'disconnect') })
    await delay(seconds * 1_000)
    control.clearFaults()
  },
} satisfies Record<string, (fault: DrawnFault<string>) => unknown>

type FaultName = keyof typeof faults
const faultNames = Object.keys(faults) as FaultName[]

/** @throws what keeps somebody from booking. */
const awaitBookings = async (load: Load, count: number): Promise<void> => {
  while (load.count() < count) await delay(500)
}

const happen = async (plan: readonly DrawnFault<FaultName>[], load: Load): Promise<void> => {
  const startedAt = Date.now()
  for (const fault of plan) {
    await delay(Math.max(0, startedAt + fault.at * 1_000 - Date.now()))
    load.count()
    const since = Math.round((Date.now() - startedAt) / 1_000)
    console.log(`${since} s: ${fault.name} (${fault.seconds.toFixed(0)} s, ${fault.which.toFixed(2)})`)
    const does: (fault: DrawnFault<FaultName>) => unknown = faults[fault.name]
    await does(fault)
  }
}

/** What staff would be shown. */
const listStuck = async (user: User): Promise<unknown[]> => {
  const { listWork } = await import('#desk/work/list-work')
  const { createLocalReq } = await import('payload')
  const req = await createLocalReq({ user: { ...user, collection: 'users' } }, world.payload)
  const { work } = await listWork(req, { isGivenUp: false })
  return work.map(({ kind, title, why, noted }) => ({ kind, title, why, noted }))
}

it(
  `${minutes} minutes of faults under load: books, claims, mails and entries are right, and nothing is left to do`,
  async () => {
    const plan = drawFaults(seed, { names: faultNames, seconds: minutes * 60 })
    console.log(`Seed ${seed}: ${plan.length} faults in ${minutes} minutes`)
    await allReady(world)
    const load = startSoakLoad(world, { clients: 4, pauseMs: 1_000, seed })
    await awaitBookings(load, 5)
    await happen(plan, load)
    await awaitBookings(load, load.count() + 8)
    const booked = await load.stop()
    console.log(
      `${booked.length} bookings: ${JSON.stringify(load.answers.byStatus)}, the slowest ${load.answers.slowestMs} ms`,
    )
    console.log(world.said.join('\n'))
    const restSince = Date.now()
    await eventually(() => expectAllDone(world, booked), restMs)
    console.log(`At rest after ${Math.round((Date.now() - restSince) / 1_000)} s`)
    const operations = await createUser(world.payload, ['operations'])
    await eventually(async () => {
      const { rows } = await world.postgres.query(
        'SELECT task_identifier, last_error FROM graphile_worker.jobs WHERE attempts >= max_attempts',
      )
      expect(rows).toEqual([])
      expect(await listStuck(operations)).toEqual([])
    }, restMs)
    await allReady(world)
    expect(load.answers.faults).toEqual([])
  },
  minutes * 60_000 + 2 * restMs + 600_000,
)
