import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { Payload } from 'payload'
import type { KeptDays } from '#shared/retention'
import type { TaskName, TaskPayloads } from './task-payloads'

/** One job's work. Throws to be tried again later, with growing pauses. */
export type Task<Name extends TaskName> = (payload: Payload, job: TaskPayloads[Name]) => Promise<void>

export type Tasks = { readonly [Name in TaskName]: Task<Name> }

/** At most so many of each kind a sweep; the next minute takes the rest. */
export const sweepBatch = 200

/** What the jobs of single records missed, and the task that makes up for it. */
export type Overdue = {
  [Name in TaskName]: {
    task: Name
    /** Tells jobs of one task and one record apart, where there is more than one. */
    variant?: string
    /** A statement that answers with the column `id`, what waits longest first. The sweep takes as many of them as it can do. */
    select: SQL
    /** What the task is given for the record `id`. */
    payload: (id: string) => TaskPayloads[Name]
  }
}[TaskName]

/** Removes what is not needed any more: bounded, and any number of times. */
export type Tidy = (payload: Payload, kept: KeptDays) => Promise<unknown>

/** What the worker does for a feature. Each feature exports one of these, and the worker collects them. */
export type Work = {
  tasks: Partial<Tasks>
  /** Regular work: when, in the words of cron and in UTC. */
  schedule?: Partial<Record<TaskName, string>>
  overdue?: readonly Overdue[]
  /** Removes what has run out, or is older than what staff have it kept for; every minute. */
  tidy?: readonly Tidy[]
}
