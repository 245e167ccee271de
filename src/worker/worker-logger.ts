import { type Job, Logger, type Logger as WorkerLogger } from 'graphile-worker'
import type { Payload } from 'payload'
import { findLostConnection } from '#database/lost-connection'
import { JobPostponed } from './run-job'

const jobIn = (meta: Record<string, unknown> | undefined): Job | undefined => {
  const job: unknown = meta?.job
  return typeof job === 'object' && job !== null && 'task_identifier' in job && 'id' in job ? (job as Job) : undefined
}

/**
 * The queue's own lines in our log. It hands the whole job over, and puts the error's text into the line: both may hold what
 * was mailed, a token, or a statement with its parameters, so only names and the error itself (which the log describes) go on.
 */
export const workerLogger = (payload: Payload): WorkerLogger =>
  new Logger((scope) => (level, message, meta) => {
    const isPostponed = meta?.error instanceof JobPostponed
    const job = jobIn(meta)
    const isTriedAgain = job !== undefined && job.attempts < job.max_attempts
    // The runner connects anew, or ends and is started again; to listen anew it says so, whatever went wrong.
    const isPassing = isTriedAgain || findLostConnection(meta?.error) !== undefined || message.includes('trying again')
    // Graphile names its levels like pino, apart from `warning`. To wait for one's turn is no failure, and what passes by itself nothing to look at.
    const log = isPostponed ? 'debug' : level === 'warning' || (level === 'error' && isPassing) ? 'warn' : level
    if (level === 'debug' || (level === 'info' && /^Completed task|^Found task/.test(message))) return
    const line = {
      jobId: scope.jobId ?? job?.id,
      task: scope.taskIdentifier ?? job?.task_identifier,
      ...(meta?.error ? { err: meta.error } : {}),
    }
    payload.logger[log](line, message.replace(/ with error '[\s\S]*/, ''))
  })
