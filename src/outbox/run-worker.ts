import { run, type Runner, type TaskList, type Logger as WorkerLogger, Logger } from 'graphile-worker'
import type { Payload } from 'payload'
import pg from 'pg'
import { settings } from '../settings'
import { noteWorkerAlive } from './worker-heartbeat'
import { tasks } from './tasks'
import type { TaskName, TaskPayloads } from './task-payloads'

/** Regular work, in UTC. Everything here is also reached by a job of its own; these find what such a job missed. */
const crontab = ['* * * * * sweep ?max=3', '17 3 * * * publish-all-slots ?max=3'].join('\n')

const heartbeatMs = 10_000

const workerLogger = (payload: Payload): WorkerLogger =>
  new Logger((scope) => (level, message, meta) => {
    // Graphile names its levels like pino, apart from `warning`.
    const log = level === 'warning' ? 'warn' : level
    if (log === 'debug' || (log === 'info' && !settings.isTest && /^Completed task|^Found task/.test(message))) return
    payload.logger[log]({ jobId: scope.jobId, task: scope.taskIdentifier, ...meta, msg: message })
  })

const bind = <Name extends TaskName>(payload: Payload, name: Name) => {
  const task = tasks[name]
  return async (jobPayload: unknown) => {
    // graphile-worker hands the JSON back that `enqueue` typed when it was written.
    await task(payload, jobPayload as TaskPayloads[Name])
  }
}

/**
 * Takes jobs until it is stopped. Several may run at once, on any machine: jobs are taken with SKIP LOCKED, and tasks are
 * written so that running one twice does no harm.
 */
export const runWorker = async (
  payload: Payload,
  options: { concurrency?: number } = {},
): Promise<{ stop: () => Promise<void> }> => {
  const taskList: TaskList = Object.fromEntries(
    (Object.keys(tasks) as TaskName[]).map((name) => [name, bind(payload, name)]),
  )
  const pool = new pg.Pool({ connectionString: settings.databaseUrl, max: (options.concurrency ?? 4) + 2 })
  pool.on('error', (err) => {
    payload.logger.error({ err, msg: 'The worker lost a database connection' })
  })
  const runner: Runner = await run({
    pgPool: pool,
    taskList,
    crontab,
    concurrency: options.concurrency ?? 4,
    pollInterval: 2_000,
    noHandleSignals: true,
    logger: workerLogger(payload),
  })
  await noteWorkerAlive(payload)
  const heartbeat = setInterval(() => {
    noteWorkerAlive(payload).catch((err: unknown) => {
      payload.logger.warn({ err, msg: 'The heartbeat of the worker was not stored' })
    })
  }, heartbeatMs)
  return {
    stop: async () => {
      clearInterval(heartbeat)
      await runner.stop()
      await pool.end()
    },
  }
}
