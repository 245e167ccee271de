import { count, isMeasuring, lookBeforeTelling, observe, setGauge } from './measure'
import { startPart } from './traces'

/** An event that was announced, and committed. */
export const noteEvent = (event: string): void => {
  count('parley_events_total', { event })
  if (event === 'session.created') count('parley_bookings_total', { outcome: 'booked' })
}

/** What refuses a booking or a hold, by the operation that does it. */
const attempts = {
  createSession: 'parley_bookings_total',
  createHold: 'parley_holds_total',
} as const

const isAttempt = (operation: string): operation is keyof typeof attempts => operation in attempts

/** A refusal of an operation of the API. */
export const noteRefusal = (operation: string, code: string): void => {
  if (!isMeasuring()) return
  count('parley_refusals_total', { operation, code })
  if (isAttempt(operation)) count(attempts[operation], { outcome: code === 'slot_taken' ? 'taken' : 'refused' })
}

/** How many free times an offer has turned out to have. */
export const noteSlots = (slots: number): void => {
  count('parley_slot_queries_total', {})
  count('parley_slots_computed_total', {}, slots)
}

let underWay = 0
/** For a caller who went away before the answer was handed over. */
const callerGone = 499

/** A request that has come. @returns what is called once it is over. */
export const noteRequest = (): ((answer: {
  route: string
  status: number
  isAborted: boolean
  seconds: number
}) => void) => {
  underWay += 1
  return ({ route, status, isAborted, seconds }) => {
    underWay -= 1
    count('parley_http_requests_total', { route, status: String(isAborted ? callerGone : status) })
    observe('parley_http_request_seconds', { route }, seconds)
  }
}

/** @returns how to end it. */
export const watchRequests = (): (() => void) =>
  lookBeforeTelling(() => setGauge('parley_http_requests_under_way', {}, underWay))

type WatchedPool = { totalCount: number; idleCount: number; waitingCount: number; options: { max: number } }

/** Tells of a pool of connections. @returns how to end it. */
export const watchPool = (pool: 'payload' | 'queue', watched: WatchedPool): (() => void) =>
  lookBeforeTelling(() => {
    const { totalCount, idleCount, waitingCount, options } = watched
    setGauge('parley_pool_connections', { pool, state: 'idle' }, idleCount)
    setGauge('parley_pool_connections', { pool, state: 'used' }, totalCount - idleCount)
    setGauge('parley_pool_waiting', { pool }, waitingCount)
    setGauge('parley_pool_connections_max', { pool }, options.max)
  })

/** Tells of the replica, where there is one. @returns how to end it. */
export const watchReplica = (look: () => { isUsed: boolean; lagMs: number | undefined } | undefined): (() => void) =>
  lookBeforeTelling(() => {
    const state = look()
    if (!state) return
    setGauge('parley_replica_in_use', {}, state.isUsed ? 1 : 0)
    if (state.lagMs !== undefined) setGauge('parley_replica_lag_seconds', {}, state.lagMs / 1_000)
  })

/**
 * Runs a job, and notes how it went.
 * @param isPostponed whether an error says that it was put back, and has not failed.
 */
export const noteJob = async (
  task: string,
  run: () => Promise<void>,
  isPostponed: (error: unknown) => boolean,
): Promise<void> => {
  const startedAt = performance.now()
  const end = (outcome: 'done' | 'failed' | 'postponed'): void => {
    count('parley_jobs_total', { task, outcome })
    observe('parley_job_seconds', { task }, (performance.now() - startedAt) / 1_000)
  }
  try {
    await run()
    end('done')
  } catch (error) {
    end(isPostponed(error) ? 'postponed' : 'failed')
    throw error
  }
}

type EndedCall = { provider: string; operation: string; outcome: string; seconds: number; waitedSeconds: number }

/** A call to a provider that has ended just now. */
export const noteProviderCall = ({ provider, operation, outcome, seconds, waitedSeconds }: EndedCall): void => {
  count('parley_provider_calls_total', { provider, operation, outcome })
  count('parley_provider_waited_seconds_total', { provider }, waitedSeconds)
  observe('parley_provider_call_seconds', { provider }, seconds)
  startPart({
    name: `${provider} ${operation}`,
    kind: 'client',
    startedAt: Date.now() - seconds * 1_000,
    attributes: { 'parley.provider': provider, 'parley.operation': operation, 'parley.outcome': outcome },
  })?.end(outcome === 'failed' ? { fault: outcome } : {})
}
