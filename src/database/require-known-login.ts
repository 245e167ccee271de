import { AsyncLocalStorage } from 'node:async_hooks'
import type { AuthStrategyResult, Payload } from 'payload'
import { explainDatabaseError } from './explain-database-error'

type Lookup = { failure?: Error }

const lookups = new AsyncLocalStorage<Lookup>()

/**
 * A login that cannot be looked up is not nobody. Payload takes it so, and while the database was away whoever is logged in would be
 * told that they may not, or act as a guest. Put around every way to authenticate when Payload starts, outside all others.
 */
export const requireKnownLogin = (payload: Payload): void => {
  payload.authStrategies = payload.authStrategies.map((strategy) => ({
    ...strategy,
    authenticate: async (args) => {
      const lookup: Lookup = {}
      const result = await strategy.authenticate({ ...args, payload: noteFailures(args.payload, lookup) })
      const { failure } = lookup
      if (result.user || !failure) return result
      const outer = lookups.getStore()
      if (outer) outer.failure = failure
      return unknownLogin(failure)
    },
  }))
}

/**
 * Runs `answer`, which looks up a login.
 * @throws what kept the login from being looked up: Payload's router fails with an error of its own then (it sets the Payload of a
 *   request that there is not yet).
 */
export const withKnownLogin = async <T>(answer: () => Promise<T>): Promise<T> => {
  const lookup: Lookup = {}
  try {
    return await lookups.run(lookup, answer)
  } catch (error) {
    throw lookup.failure ?? error
  }
}

/** The same Payload; when the database keeps it from finding somebody, `lookup` knows, though the strategy catches it. */
const noteFailures = (payload: Payload, lookup: Lookup): Payload => {
  const noting =
    <Args extends unknown[], T>(find: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      try {
        return await find(...args)
      } catch (error) {
        if (explainDatabaseError(error)?.code === 'unavailable' && error instanceof Error) lookup.failure = error
        throw error
      }
    }
  return Object.create(payload, {
    find: { value: noting(payload.find) },
    findByID: { value: noting(payload.findByID) },
  }) as Payload
}

/** Payload catches what a strategy throws, but not what it finds when it asks for the user. */
const unknownLogin = (failure: Error): AuthStrategyResult =>
  Object.defineProperty({ user: null }, 'user', {
    get: (): never => {
      throw failure
    },
  })
