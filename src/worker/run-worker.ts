import { EventEmitter } from 'node:events'
import {
  type Job,
  Logger,
  run,
  type RunnerOptions,
  type TaskList,
  type Logger as WorkerLogger,
  type WorkerEvents,
} from 'graphile-worker'
import type { Payload } from 'payload'
import pg from 'pg'
import { settings } from '#settings'
import { createId } from '#shared/ids'
import { hasJobsOfEvents } from '#events/event-handlers'
import { asWorker } from '#providers/caller'
import { giveBack, noteWorkerAlive, unlockJobsOfDeadWorkers } from '#outbox/worker-heartbeat-queries'
import { featureSchedule } from './all-work'
import { tasks } from './tasks'
import type { TaskName, TaskPayloads } from '#outbox/task-payloads'

/** Regular work, in UTC. Everything here is also reached by a job of its own; these find what such a job missed. */
const crontab = Object.entries({ sweep: '* * * * *', ...featureSchedule })
  .map(([task, when]) => `${when} ${task} ?max=3`)
  .join('\n')

const heartbeatMs = 5_000

const jobIn = (meta: Record<string, unknown> | undefined): Pick<Job, 'id' | 'task_identifier'> | undefined => {
  const job: unknown = meta?.job
  return typeof job === 'object' && job !== null && 'task_identifier' in job && 'id' in job ? (job as Job) : undefined
}

/**
 * The queue's own lines in our log. It hands the whole job over, and puts the error's text into the line: both may hold what
 * was mailed, a token, or a statement with its parameters, so only names and the error itself (which the log describes) go on.
 */
const workerLogger = (payload: Payload): WorkerLogger =>
  new Logger((scope) => (level, message, meta) => {
    // Graphile names its levels like pino, apart from `warning`.
    const log = level === 'warning' ? 'warn' : level
    if (log === 'debug' || (log === 'info' && /^Completed task|^Found task/.test(message))) return
    const job = jobIn(meta)
    const line = {
      jobId: scope.jobId ?? job?.id,
      task: scope.taskIdentifier ?? job?.task_identifier,
      ...(meta?.error ? { err: meta.error } : {}),
    }
    payload.logger[log](line, message.replace(/ with error '[\s\S]*/, ''))
  })

const bind = <Name extends TaskName>(payload: Payload, name: Name) => {
  const task = tasks[name]
  return async (jobPayload: unknown) => {
    // graphile-worker hands the JSON back that `enqueue` typed when it was written.
    await asWorker(() => task(payload, jobPayload as TaskPayloads[Name]))
  }
}

/**
 * Handlers of an installation call whom they like, and may be slow: they have places of their own, so that the product's jobs never wait for
 * them. Where there is none, what earlier ones left is ended by the product's.
 */
const handlerTask: TaskName = 'handle-event'
const handlerConcurrency = 2

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
  const listOf = (names: TaskName[]): TaskList => Object.fromEntries(names.map((name) => [name, bind(payload, name)]))
  const names = Object.keys(tasks) as TaskName[]
  const runsHandlers = hasJobsOfEvents()
  const concurrency = options.concurrency ?? 4
  const id = createId()
  const lockNames: string[] = []
  const sayAlive = () => noteWorkerAlive(payload, { id, lockNames })
  const beat = async () => {
    await sayAlive()
    const dead = await unlockJobsOfDeadWorkers(payload)
    if (dead) payload.logger.warn({ dead, msg: 'Jobs of workers that are gone were given back' })
  }
  await beat()

  const pool = new pg.Pool({
    connectionString: settings.databaseUrl,
    max: concurrency + 2 + (runsHandlers ? handlerConcurrency + 1 : 0),
  })
  const reportLost = (err: Error) => {
    payload.logger.error({ err, msg: 'The worker lost a database connection' })
  }
  pool.on('error', reportLost)
  // A connection that is in use when it breaks tells itself alone, and without a listener ends the process.
  pool.on('connect', (client) => {
    client.on('error', reportLost)
  })
  const events: WorkerEvents = new EventEmitter()
  // Jobs are locked in the name of the pool, not of its single workers.
  events.on('pool:create', ({ workerPool }) => lockNames.push(workerPool.id))
  const shared = {
    pgPool: pool,
    pollInterval: 2_000,
    noHandleSignals: true,
    // Otherwise nobody waits for the note that a job is done: a stop would leave it locked, and a failure would be unhandled.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: workerLogger(payload),
    events,
  } satisfies RunnerOptions
  const runners = [
    await run({
      ...shared,
      taskList: listOf(names.filter((name) => name !== handlerTask || !runsHandlers)),
      crontab,
      concurrency,
    }),
    ...(runsHandlers
      ? [
          await run({
            ...shared,
            taskList: listOf([handlerTask]),
            parsedCronItems: [],
            concurrency: handlerConcurrency,
          }),
        ]
      : []),
  ]
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
      clearInterval(heartbeat)
      // One that has ended by itself does not come to an end in order.
      if (hasEnded) {
        // The database may be away: then the others find out by its silence.
        return giveBack(payload, { id, lockNames }).catch(() => undefined)
      }
      await Promise.all(runners.map((runner) => runner.stop()))
      await pool.end()
      await giveBack(payload, { id, lockNames })
    },
  }
}
