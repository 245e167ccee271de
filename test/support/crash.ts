import { AsyncLocalStorage } from 'node:async_hooks'
import type { Payload } from 'payload'
import { cleanUpLater } from './clean-up'

/** A process that will be killed: what runs in it stops for ever at one of its steps. */
type Doomed = {
  /** How many more steps it makes. */
  stepsLeft: number
  isDead: boolean
  die: (reason: Crashed) => void
}

/** The process was killed; nobody knows what it was about to do. */
export class Crashed extends Error {
  override readonly name = 'Crashed'
}

const doomed = new AsyncLocalStorage<Doomed | undefined>()

const forEver = (): Promise<never> => new Promise(() => undefined)

const end = async (process: Doomed): Promise<never> => {
  process.isDead = true
  process.die(new Crashed())
  return forEver()
}

/** Between two steps: does nothing, or ends the process. `undo` is what the database does when its connection breaks. */
const step = async (undo?: () => Promise<unknown>): Promise<void> => {
  const process = doomed.getStore()
  if (!process) return
  if (!process.isDead && --process.stepsLeft > 0) return
  await undo?.()
  await end(process)
}

/** Whether this runs in a process that will be killed. */
export const isDoomed = (): boolean => doomed.getStore() !== undefined

/** The process in which this runs is killed here. */
export const dieHere = async (): Promise<void> => {
  const process = doomed.getStore()
  if (process) await end(process)
}

/** Runs what others do meanwhile: it goes on when the process that it is called from is killed. */
export const asOthers = <T>(work: () => Promise<T>): Promise<T> => doomed.run(undefined, work)

/**
 * Runs `work` as a process that is killed after so many steps: before and after each call of a provider, each statement of its own,
 * each transaction's begin and commit. What was committed stays, an open transaction is rolled back, nothing is caught and
 * nothing cleaned up.
 * @throws Crashed
 */
export const killedAfter = async <T>(steps: number, work: () => Promise<T>): Promise<T> => {
  await readShared()
  let die: Doomed['die'] = () => undefined
  const death = new Promise<never>((_resolve, reject) => (die = reject))
  return doomed.run({ stepsLeft: steps, isDead: false, die }, () => Promise.race([work(), death]))
}

/**
 * What one asks for and all use for some seconds: asked for by somebody who is killed here it would never come, and those who live on in this process would
 * wait for it.
 */
let readShared = (): Promise<unknown> => Promise.resolve()

const shareWith = (payload: Payload) => async (): Promise<unknown> => {
  const [{ attributeDefinitions, forgetAttributeDefinitions }, { localRequest }] = await Promise.all([
    import('#attributes/attribute-definitions'),
    import('#database/local-request'),
  ])
  forgetAttributeDefinitions()
  return attributeDefinitions(await localRequest(payload), 'customers')
}

type Adapter = {
  beginTransaction: (options?: unknown) => Promise<unknown>
  commitTransaction: (id: unknown) => Promise<void>
  rollbackTransaction: (id: unknown) => Promise<void>
  drizzle: { execute: (query: unknown) => Promise<unknown> }
  pool: { query: (...args: unknown[]) => Promise<unknown> }
}

/** Those that are prepared go past drizzle. */
const isPrepared = (query: unknown): boolean => typeof query === 'object' && query !== null && 'name' in query

/** Puts a step in front of and behind everything that this process does to the database. */
export const plantDatabaseSteps = (payload: Payload): void => {
  readShared = shareWith(payload)
  const db = payload.db as unknown as Adapter
  const begin = db.beginTransaction
  const commit = db.commitTransaction
  db.beginTransaction = async (options) => {
    await step()
    return begin(options)
  }
  db.commitTransaction = async (id) => {
    await step(async () => db.rollbackTransaction(await id))
    await commit(id)
    await step()
  }
  const { drizzle, pool } = db
  drizzle.execute = withSteps(drizzle.execute.bind(drizzle))
  const query = pool.query.bind(pool)
  const queryInSteps = withSteps(query)
  pool.query = (...args) => (isPrepared(args[0]) ? queryInSteps : query)(...args)
}

/** The same function with a step in front of and behind each call. */
export const withSteps =
  <Args extends unknown[], T>(call: (...args: Args) => Promise<T>): ((...args: Args) => Promise<T>) =>
  async (...args) => {
    await step()
    const answer = await call(...args)
    await step()
    return answer
  }

type HttpClient = { makeRequest: (...args: unknown[]) => Promise<unknown> }
type StripeInternals = { getApiField: (name: 'httpClient') => HttpClient }

/** Puts a step in front of and behind each call of Stripe. */
export const plantStripeSteps = (stripe: unknown): void => {
  const http = (stripe as StripeInternals).getApiField('httpClient')
  http.makeRequest = withSteps(http.makeRequest.bind(http))
}

type Methods = Record<string, (...args: unknown[]) => Promise<unknown>>

/** A call of Google's Calendar API that is about to leave, with the id of the event that it is about. */
export type LeavingCall = { operation: string; eventId: string | undefined; send: () => Promise<unknown> }

const eventIdOf = (params: unknown): string | undefined => {
  const { eventId, requestBody } = params as { eventId?: string; requestBody?: { id?: string | null } }
  return eventId ?? requestBody?.id ?? undefined
}

/** Puts a step in front of and behind each call of events in Google's calendars, and lets `around` decide what becomes of it. */
export const plantGoogleSteps = async (around: (call: LeavingCall) => Promise<unknown>): Promise<void> => {
  const { calendar_v3: api } = await import('@googleapis/calendar')
  const events = api.Resource$Events.prototype as unknown as Methods
  for (const name of ['insert', 'update', 'get', 'delete', 'list', 'watch']) {
    const method = events[name]
    if (!method) throw new Error(`Google's client has no events.${name}.`)
    // Other files share this process.
    cleanUpLater(() => void (events[name] = method))
    events[name] = function (this: unknown, ...args) {
      const send = () => method.apply(this, args)
      return withSteps(around)({ operation: `events.${name}`, eventId: eventIdOf(args[0]), send })
    }
  }
}
