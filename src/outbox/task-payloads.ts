/**
 * Every job of the worker and what it is given. Each feature declares its own here, so that this file knows none of them:
 *
 *     declare module '#outbox/task-payloads' {
 *       interface TaskPayloads {
 *         'expire-request': { requestId: string }
 *       }
 *     }
 *
 * A payload holds ids only: a task reads the present state under a lock and does what is still to do, so running it twice, late or
 * out of order is harmless.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Filled by the features, by merging of declarations.
export interface TaskPayloads {}

export type TaskName = keyof TaskPayloads
