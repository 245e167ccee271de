import type pg from 'pg'
import { currentOperation, type RunningOperation } from '#shared/operation'
import { computeStatementShape } from './compute-statement-shape'
import { findLostConnection } from './lost-connection'

/** A statement that took long, for which operation, and how long: its name if it is a prepared one, else its shape. Never a value. */
export type SlowStatement = { statement: string; ms: number; operation: RunningOperation | undefined }

export type DatabaseNews = {
  /** Milliseconds from which on a statement is slow; 0: none is. */
  slowMs: number
  onSlowStatement: (slow: SlowStatement) => void
  onLostConnection: (error: Error) => void
}

let news: DatabaseNews | undefined

/** Tells of what happens on connections of the pool. Nobody else is told from then on. */
export const followDatabase = (follower: DatabaseNews): void => {
  news = follower
}

export const reportLostConnection = (error: Error): void => {
  if (news) news.onLostConnection(error)
  else console.error('PostgreSQL connection lost:', error.message)
}

/** What `query` of the driver is given first: a text, or an object that holds it. */
const nameOf = (query: unknown): string => {
  if (typeof query === 'string') return computeStatementShape(query)
  if (typeof query !== 'object' || query === null) return 'unknown'
  if ('name' in query && typeof query.name === 'string') return query.name
  return 'text' in query && typeof query.text === 'string' ? computeStatementShape(query.text) : 'unknown'
}

/** Lets a connection tell of its slow statements, and operations know with what they lost it. */
export const watchStatements = (client: pg.PoolClient): void => {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  const watched = (...args: unknown[]): unknown => {
    const startedAt = performance.now()
    const operation = currentOperation()
    const end = (error: unknown) => {
      if (operation && error instanceof Error && findLostConnection(error)) operation.lostDatabase ??= error
      if (!news?.slowMs) return
      const ms = performance.now() - startedAt
      if (ms >= news.slowMs) news.onSlowStatement({ statement: nameOf(args[0]), ms: Math.round(ms), operation })
    }
    const at = args.findLastIndex((arg) => typeof arg === 'function')
    const callback = args[at]
    if (typeof callback === 'function') {
      args[at] = (...answer: unknown[]) => {
        end(answer[0])
        callback(...answer)
      }
      return query(...args)
    }
    const answer = query(...args)
    if (answer instanceof Promise) answer.then(() => end(undefined), end)
    return answer
  }
  client.query = watched as typeof client.query
}
