import type { Payload } from 'payload'

let database: Payload | undefined

/** From now on the calls of this process are counted together with those of all others, in this database. */
export const countCallsIn = (payload: Payload): void => {
  database = payload
}

/** undefined: there is none (a tool, a test of a gateway); then this process counts for itself. */
export const sharedDatabase = (): Payload | undefined => database
