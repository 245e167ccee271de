import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { expect } from 'vitest'
import type { TestDatabase } from './database'
import { runDueJobs } from './jobs'

type World = { payload: Payload; database: TestDatabase }

/** What the sweeps wait for before they look at something, by table. */
const waitedFor: Readonly<Record<string, readonly string[]>> = {
  'parley.errands': ['happened_at'],
  'parley.meeting_events': ['received_at'],
  'parley.meeting_rooms': ['updated_at'],
  notifications: ['created_at', 'delivery_next_attempt_at'],
  refunds: ['updated_at'],
  payments: ['updated_at'],
  transfers: ['updated_at'],
  disputes: ['updated_at'],
  stripe_events: ['received_at'],
  calendar_events: ['updated_at', 'next_attempt_at'],
  calendar_connections: ['updated_at', 'connected_at'],
  scheduled_sessions: ['updated_at'],
  availability_slots: ['updated_at'],
  busy_times: ['updated_at'],
  consultant_profiles: ['updated_at'],
  'parley.directory': ['published_at'],
}

const execute = async ({ payload }: World, query: ReturnType<typeof sql>) => {
  const { poolDb } = await import('#database/transactions')
  return (await poolDb(payload).execute(query)).rows
}

const passing = Object.entries(waitedFor)
  .map(([table, columns]) => {
    const earlier = columns.map((column) => `${column} = ${column} - interval '3 minutes'`)
    // Published time has as many rows as everything else together, and nothing waits for it.
    const which = table === 'availability_slots' ? `WHERE status <> 'available'` : ''
    return `UPDATE ${table} SET ${earlier.join(', ')} ${which}`
  })
  .join(';\n')

/** As if everything had been written some minutes earlier than it was. */
export const letMinutesPass = (world: World) => execute(world, sql.raw(passing))

/** Every job is gone: it had given up, or its row was deleted. */
export const loseJobs = (world: World) => execute(world, sql`DELETE FROM graphile_worker._private_jobs`)

type Options = {
  /** Whether free time is published, which takes longer than everything else together. */
  publishes?: boolean
}

/** Does what the worker would do now. */
export const workAll = async ({ payload, database }: World, { publishes = false }: Options = {}): Promise<void> => {
  const { tasks } = await import('#worker/tasks')
  const only = Object.keys(tasks).filter((task) => publishes || task !== 'publish-slots')
  await runDueJobs(payload, database, { only })
}

/** Does once what the worker does each minute, and everything that is due then. @returns the keys of what the sweeps found. */
export const sweepOnce = async (world: World, options: Options = {}): Promise<string[]> => {
  const [{ sweep }, { sweepCalendars }] = await Promise.all([
    import('#worker/sweep'),
    import('#calendar/connections/sweep-calendars'),
  ])
  await sweep(world.payload)
  await sweepCalendars(world.payload)
  const found = await execute(
    world,
    sql`SELECT key FROM graphile_worker.jobs WHERE key LIKE 'sweep:%' AND key NOT LIKE 'sweep:calendar:sync:%'
      AND (${options.publishes ?? false} OR task_identifier <> 'publish-slots') ORDER BY key`,
  )
  await workAll(world, options)
  return found.map(({ key }) => String(key))
}

/** All jobs are lost, minutes pass, and the sweeps run until they find nothing any more. @returns the keys of what they found. */
export const loseJobsAndSweep = async (world: World, options: Options = {}): Promise<string[]> => {
  await loseJobs(world)
  const all: string[] = []
  for (let minute = 0; minute < 10; minute++) {
    await letMinutesPass(world)
    const found = await sweepOnce(world, options)
    if (!found.length) return all
    all.push(...found)
  }
  throw new Error(`The sweeps come to no end: ${all.join(', ')}`)
}

/** The next sweeps find nothing. */
export const expectQuiet = async (world: World, options: Options = {}): Promise<void> => {
  await letMinutesPass(world)
  expect(await sweepOnce(world, options)).toEqual([])
}
