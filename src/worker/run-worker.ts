import { EventEmitter } from 'node:events'
import { run, type Runner, type RunnerOptions, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Payload } from 'payload'
import pg from 'pg'
import { settings } from '#settings'
import { createId } from '#shared/ids'
import { watchPool } from '#observability/note'
import { keepsPreparedStatements } from '#database/connections'
import { giveBack, noteWorkerAlive, unlockJobsOfDeadWorkers } from '#outbox/worker-heartbeat-queries'
import type { TaskName } from '#outbox/task-payloads'
import { taskTraits } from '#outbox/task-traits'
import { featureSchedule } from './all-work'
import { runJob } from './run-job'
import { runningLanes } from './lanes'
import { shareListener } from './shared-listener'
import { workerLogger } from './worker-logger'

/** Regular work, in UTC. Everything here is also reached by a job of its own; these find what such a job missed. */
const crontab = Object.entries({ sweep: '* * * * *', ...featureSchedule })
  .map(([task, when]) => `${when} ${task} ?max=3&priority=${taskTraits[task as TaskName].priority}`)
  .join('\n')

const heartbeatMs = 5_000

/** New jobs are heard of; this is for those whose time has come. The core has deadlines among them. */
const corePollMs = 2_000
const lanePollMs = 5_000

/**
 * Jobs of a lane that are done within so many milliseconds are put away by one statement. One that dies before leaves them to be done once more, as
 * one does that dies a little earlier.
 */
const putAwayTogetherMs = 25

/** Jobs are taken and put away within milliseconds, so the places of all lanes share a few connections; one more listens. */
const mostConnections = 8

export type RunningWorker = {
  /** Takes no more jobs, lets those that run come to their end, and gives back what this one holds. */
  stop: () => Promise<void>
  /**
   * Resolves with the reason when the queue's runner has ended without having been stopped: it gives up where it cannot note that a job is
   * done, as when PostgreSQL restarts. No job is taken any more, so whoever runs the worker ends it and starts another one.
   */
  ended: Promise<Error>
}

/** The queue's runner has ended by itself. */
class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded'
}

/**
 * Takes jobs until it is stopped. Several may run at once, on any machine: jobs are taken with SKIP LOCKED, and tasks are
 * written so that running one twice does no harm.
 */
export const runWorker = async (payload: Payload, options: { concurrency?: number } = {}): Promise<RunningWorker> => {
  const id = createId()
  const lockNames: string[] = []
  const sayAlive = () => noteWorkerAlive(payload, { id, lockNames })
  const beat = async () => {
    await sayAlive()
    const dead = await unlockJobsOfDeadWorkers(payload)
    if (dead) payload.logger.warn({ dead, msg: 'Jobs of workers that are gone were given back' })
  }
  await beat()

  const reportLost = (err: Error) => {
    payload.logger.warn({ err, msg: 'The worker lost a database connection' })
  }
  const openPool = (config: pg.PoolConfig): pg.Pool => {
    const opened = new pg.Pool(config)
    opened.on('error', reportLost)
    // A connection that is in use when it breaks tells itself alone, and without a listener ends the process.
    opened.on('connect', (client) => {
      client.on('error', reportLost)
    })
    return opened
  }
  const pool = openPool({ connectionString: settings.databaseUrl, max: mostConnections })
  // It listens, and news reach one session of PostgreSQL.
  const listener =
    settings.databasePooling === 'none'
      ? pool
      : openPool({ connectionString: settings.databaseDirectUrl, max: 1, connectionTimeoutMillis: 5_000 })
  const unwatchPool = watchPool('queue', pool)
  const events: WorkerEvents = new EventEmitter()
  events.setMaxListeners(0)
  // Jobs are locked in the name of the pool, not of its single workers.
  events.on('pool:create', ({ workerPool }) => lockNames.push(workerPool.id))
  const { leadingPool, followingPool } = shareListener({ pool, listener }, events)
  const shared = {
    noHandleSignals: true,
    // Otherwise nobody waits for the note that a job is done: a stop would leave it locked, and a failure would be unhandled.
    preset: {
      worker: {
        completeJobBatchDelay: putAwayTogetherMs,
        failJobBatchDelay: 0,
        preparedStatements: keepsPreparedStatements,
      },
    },
    logger: workerLogger(payload),
    events,
  } satisfies RunnerOptions
  const runners: Runner[] = []
  for (const { lane, taskNames, places } of runningLanes(options.concurrency)) {
    const isCore = lane === 'core'
    runners.push(
      await run({
        ...shared,
        pgPool: isCore ? leadingPool() : followingPool(),
        pollInterval: isCore ? corePollMs : lanePollMs,
        taskList: Object.fromEntries(taskNames.map((name) => [name, runJob(payload, name)])) satisfies TaskList,
        ...(isCore ? { crontab } : { parsedCronItems: [] }),
        concurrency: places,
      }),
    )
  }
  let isStopping = false
  let hasEnded = false
  const ended = new Promise<Error>((resolve) => {
    const give = (cause?: unknown) => {
      clearInterval(heartbeat)
      if (isStopping) return
      hasEnded = true
      resolve(new WorkerEnded('The worker takes no more jobs: its queue has ended.', { cause }))
    }
    events.on('pool:fatalError', ({ error }) => give(error))
    // It may wait for ever for connections that are gone, so the end of the shutdown says nothing.
    events.on('pool:gracefulShutdown', ({ message }) => give(message))
    for (const { promise } of runners) promise.then(() => give(), give)
  })
  const heartbeat = setInterval(() => {
    beat().catch((err: unknown) => {
      payload.logger.warn({ err, msg: 'The heartbeat of the worker was not stored' })
    })
  }, heartbeatMs)
  await sayAlive()
  return {
    ended,
    stop: async () => {
      isStopping = true
      unwatchPool()
      clearInterval(heartbeat)
      // One that has ended by itself does not come to an end in order.
      try {
        if (!hasEnded) {
          await Promise.all(runners.map((runner) => runner.stop()))
          await pool.end()
          if (listener !== pool) await listener.end()
        }
        await giveBack(payload, { id, lockNames })
      } catch (err) {
        // The database may be away: then the others find out by its silence.
        payload.logger.warn({
          err,
          msg: 'What the worker held was not given back; others take it over when it is silent',
        })
      }
    },
  }
}
