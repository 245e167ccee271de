import type { Tasks } from '#outbox/task'
import { featureTasks } from './all-work'
import { sweep } from './sweep'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    sweep: Record<string, never>
  }
}

/** The work of the worker, by name. */
export const tasks: Tasks = { ...featureTasks, sweep }
