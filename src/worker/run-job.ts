import type { JobHelpers, Task as QueueTask } from 'graphile-worker'
import type { Payload } from 'payload'
import { noteJob } from '#observability/note'
import { readMark, traceWork } from '#observability/traces'
import { HopelessJob } from '#outbox/hopeless-job'
import { giveJobUp, postponeJob, type RunningJob, spreadRetry } from '#outbox/put-back-queries'
import { computePutOffSeconds } from '#outbox/compute-put-off'
import type { TaskName, TaskPayloads } from '#outbox/task-payloads'
import { asWorker } from '#providers/caller'
import { findProviderLimited } from '#providers/provider-limited'
import { runOperation } from '#shared/operation'
import { tasks } from './tasks'

/** The job is not done, and has not failed either: it was put back until its provider may be called. */
export class JobPostponed extends Error {
  override readonly name = 'JobPostponed'
}

/** Up to half of the pause that the queue makes after so many attempts. */
const jitterSeconds = (attempts: number): number => Math.random() * 0.5 * Math.exp(Math.min(attempts, 10))

const runningJob = ({ job: { id, locked_by: lockedBy } }: JobHelpers): RunningJob | undefined =>
  lockedBy === null ? undefined : { id, lockedBy }

const isPostponed = (error: unknown): boolean => findProviderLimited(error) !== undefined

const putBack = async (payload: Payload, error: unknown, helpers: JobHelpers): Promise<never> => {
  const job = runningJob(helpers)
  const limited = findProviderLimited(error)
  if (job && limited) {
    const { message: reason, retryAfterSeconds } = limited
    const { priority } = helpers.job
    const seconds = computePutOffSeconds({ seconds: retryAfterSeconds + 1, priority, random: Math.random() })
    await postponeJob(payload, job, { seconds, reason })
    throw new JobPostponed(reason, { cause: error })
  }
  if (job && error instanceof HopelessJob) await giveJobUp(payload, job)
  else if (job) await spreadRetry(payload, job, jitterSeconds(helpers.job.attempts))
  throw error
}

/**
 * A task as the queue runs it. One that finds its provider's limits used up is put back without having used up an attempt; one that says that
 * no further try helps has had its last; others are tried again after pauses that grow, none at the same moment as another.
 */
export const runJob =
  <Name extends TaskName>(payload: Payload, name: Name): QueueTask =>
  async (jobPayload, helpers) => {
    const task = tasks[name]
    const { link, payload: given } = readMark(jobPayload)
    // The queue hands the JSON back that `enqueue` typed when it was written.
    const run = () => asWorker(() => task(payload, given as TaskPayloads[Name]))
    try {
      await runOperation({ name: `task ${name}` }, () =>
        traceWork({ name: `task ${name}`, kind: 'consumer', link }, () => noteJob(name, run, isPostponed)),
      )
    } catch (error) {
      // Where the database is away, the queue finds out itself.
      await putBack(payload, error, helpers).catch((reason: unknown) => {
        throw reason instanceof JobPostponed ? reason : error
      })
    }
  }
