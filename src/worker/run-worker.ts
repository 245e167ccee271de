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
import { forgetWorker, noteWorkerAlive, unlockJobsOfDeadWorkers } from '#outbox/worker-heartbeat-queries'
import { featureSchedule } from './all-work'
import { tasks } from './tasks'
import type { TaskName, TaskPayloads } from '#outbox/task-payloads'

/** Regular work, in UTC. Everything here is also reached by a job of its own; these find what such a job missed. */
const crontab = Object.entries({ sweep: '* * * * *', ...featureSchedule })
  .map(([task, when]) => `${when} ${task} ?max=3`)
  .join('\n')

const heartbeatMs = 10_000

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
    await task(payload, jobPayload as TaskPayloads[Name])
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
  // What a predecessor left that was killed a while ago need not wait for the first sweep.
  await sayAlive()
  const dead = await unlockJobsOfDeadWorkers(payload)
  if (dead) payload.logger.warn({ dead, msg: 'Jobs of workers that are gone were given back' })

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
  await sayAlive()
  const heartbeat = setInterval(() => {
    sayAlive().catch((err: unknown) => {
      payload.logger.warn({ err, msg: 'The heartbeat of the worker was not stored' })
    })
  }, heartbeatMs)
  return {
    stop: async () => {
      clearInterval(heartbeat)
      await Promise.all(runners.map((runner) => runner.stop()))
      await pool.end()
      await forgetWorker(payload, id)
    },
  }
}
