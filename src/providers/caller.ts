import { AsyncLocalStorage } from 'node:async_hooks'

/** On whose behalf providers are called. */
type Caller = {
  /** A call waits for its turn for so long, milliseconds. */
  patienceMs: number
  /** It goes in any case when its patience is over: somebody waits for it. */
  isPerson: boolean
}

/** A person waits: the call is counted, so the worker's come later, but it waits for hardly anything. */
const person: Caller = { patienceMs: 500, isPerson: true }

/** Longer than the turns of a lane take (its places times the pause between two calls), shorter than what is claimed for a job. */
const worker: Caller = { patienceMs: 10_000, isPerson: false }

const callers = new AsyncLocalStorage<Caller>()

export const presentCaller = (): Caller => callers.getStore() ?? person

/** Runs what a worker does: nobody waits for it. */
export const asWorker = <T>(run: () => Promise<T>): Promise<T> => callers.run(worker, run)
