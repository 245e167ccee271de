import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { Payload } from 'payload'
import type { Job } from './enqueue'
import type { TaskName, TaskPayloads } from './task-payloads'

/** One job's work. Throws to be tried again later, with growing pauses. */
export type Task<Name extends TaskName> = (payload: Payload, job: TaskPayloads[Name]) => Promise<void>

export type Tasks = { readonly [Name in TaskName]: Task<Name> }

/** At most so many of each kind a sweep; the next minute takes the rest. */
export const sweepBatch = 200

/** What the jobs of single records missed. */
export type Overdue = {
  /** A statement that answers with the column `id`; no more than `sweepBatch` of them. */
  select: SQL
  /** The job that the record `id` needs. */
  job: (id: string) => Job
}

/** What the worker does for a feature. Each feature exports one of these, and the worker collects them. */
export type Work = {
  tasks: Partial<Tasks>
  /** Regular work: when, in the words of cron and in UTC. */
  schedule?: Partial<Record<TaskName, string>>
  overdue?: readonly Overdue[]
  /** Removes what has run out; every minute. */
  tidy?: readonly ((payload: Payload) => Promise<void>)[]
}
