/**
 * Every job of the worker and what it is given. Each feature declares its own here, so that this file knows none of them:
 *
 *     declare module '#outbox/task-payloads' {
 *       interface TaskPayloads {
 *         'expire-request': { requestId: string }
 *         'follow-request': Errand<{ requestId: string; event: RequestEvent }>
 *       }
 *     }
 *
 * A payload holds ids only: a task reads the present state under a lock and does what is still to do, so running it twice, late or
 * out of order is harmless. What the state does not say any more (who did it, what was before) is an {@link Errand}.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Filled by the features, by merging of declarations.
export interface TaskPayloads {}

export type TaskName = keyof TaskPayloads

declare const facts: unique symbol

/**
 * What has happened and is still to be followed is written down in `parley.errands` until that is done; the job holds its id. Jobs can get
 * lost, errands are found again by the sweep.
 */
export type Errand<Facts> = { errandId: string; readonly [facts]?: Facts }

/** Tasks that follow an errand. */
export type ErrandTask = {
  [Name in TaskName]: string extends keyof TaskPayloads[Name]
    ? never
    : TaskPayloads[Name] extends { errandId: string }
      ? Name
      : never
}[TaskName]

/** What the errand of a task says. */
export type FactsOf<Name extends ErrandTask> = TaskPayloads[Name] extends Errand<infer Facts> ? Facts : never
