import { AsyncLocalStorage } from 'node:async_hooks'

/** What a piece of work is done for: one request, or one job. Metrics, spans, slow statements and log lines are told by it. */
export type RunningOperation = {
  /**
   * One of few, and without anybody's data: `GET /booking/slots`, `PATCH /users/:id` (routes below `/api`), `POST /graphql`,
   * `page admin`, `task follow-session`.
   */
  name: string
  /** Of the request, as it stands in the answer and in the log. */
  requestId?: string
  /** With what it lost its connection to the database. What fails after that, and for want of it, fails because of it. */
  lostDatabase?: Error
  /** How its reads are bounded; undefined: as every statement is. */
  reading?: BoundReading
}

/** `statementMs`: how long a statement may take. `lane`: who shares the connections that it may use, and how many these are. */
export type BoundReading = { statementMs?: number | undefined; lane?: { name: string; share: number } | undefined }

const current = new AsyncLocalStorage<RunningOperation>()

/** Runs `work`, and whatever it calls and waits for, as `operation`. */
export const runOperation = <T>(operation: RunningOperation, work: () => T): T => current.run(operation, work)

/** What is being done here; undefined outside of requests and jobs. */
export const currentOperation = (): RunningOperation | undefined => current.getStore()

/** Bounds what is being read from now on in what is being done here. */
export const boundReading = (reading: BoundReading): void => {
  const operation = current.getStore()
  if (operation) operation.reading = reading
}

/** Names what is being done, where it is known better than at its beginning. */
export const nameOperation = (name: string): void => {
  const operation = current.getStore()
  if (operation) operation.name = name
}
