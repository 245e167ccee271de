import type pg from 'pg'
import { currentOperation, type RunningOperation } from '#shared/operation'
import { cancelStatement } from './cancel-statement'
import { computeStatementShape } from './compute-statement-shape'
import { canCancel } from './connections'
import { findLostConnection } from './lost-connection'

/** A statement that took long, for which operation, and how long: its name if it is a prepared one, else its shape. Never a value. */
export type SlowStatement = { statement: string; ms: number; operation: RunningOperation | undefined }

export type DatabaseNews = {
  /** Milliseconds from which on a statement is slow; 0: none is. */
  slowMs: number
  onSlowStatement: (slow: SlowStatement) => void
  /** One that was ended, because it took longer than its operation may take. */
  onEndedStatement: (ended: SlowStatement) => void
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

/**
 * Ends a statement that takes longer than its operation may take.
 * @returns what is called at its end: a promise where its connection must not be used before; undefined where it may take as long as any.
 */
const boundStatement = (
  client: pg.PoolClient,
  query: unknown,
  operation: RunningOperation | undefined,
): (() => Promise<void> | undefined) | undefined => {
  const ms = operation?.reading?.statementMs
  if (ms === undefined || !canCancel) return undefined
  let cancelling: Promise<void> | undefined
  const timer = setTimeout(() => {
    cancelling = cancelStatement(client)
    news?.onEndedStatement({ statement: nameOf(query), ms, operation })
  }, ms)
  return () => {
    clearTimeout(timer)
    return cancelling
  }
}

/** Lets a connection tell of its slow statements, and operations know with what they lost it; and ends those that take too long. */
export const watchStatements = (client: pg.PoolClient): void => {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  const watched = (...args: unknown[]): unknown => {
    const startedAt = performance.now()
    const operation = currentOperation()
    const endBound = boundStatement(client, args[0], operation)
    const end = (error: unknown): Promise<void> | undefined => {
      if (operation && error instanceof Error && findLostConnection(error)) operation.lostDatabase ??= error
      const ms = performance.now() - startedAt
      if (news?.slowMs && ms >= news.slowMs) {
        news.onSlowStatement({ statement: nameOf(args[0]), ms: Math.round(ms), operation })
      }
      return endBound?.()
    }
    const at = args.findLastIndex((arg) => typeof arg === 'function')
    const callback = args[at]
    if (typeof callback === 'function') {
      args[at] = (...answer: unknown[]) => {
        const ended = end(answer[0])
        if (ended) void ended.then(() => callback(...answer) as unknown)
        else callback(...answer)
      }
      return query(...args)
    }
    const answer = query(...args)
    if (!(answer instanceof Promise)) return answer
    if (!endBound) {
      answer.then(() => end(undefined), end)
      return answer
    }
    return answer.then(
      async (result: unknown) => {
        await end(undefined)
        return result
      },
      async (error: unknown) => {
        await end(error)
        throw error
      },
    )
  }
  client.query = watched as typeof client.query
}
