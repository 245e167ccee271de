import type { Payload } from 'payload'
import type { TaskName, TaskPayloads } from './task-payloads'

/** One job's work. Throws to be tried again later, with growing pauses. */
export type Task<Name extends TaskName> = (payload: Payload, job: TaskPayloads[Name]) => Promise<void>
