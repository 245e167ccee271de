import { boundReading, currentOperation, runOperation, type RunningOperation } from '#shared/operation'
import { DomainError } from '#shared/errors'
import { createTurns } from '#shared/turns'
import { type ReaderKind, queryBounds } from './query-bounds'
import { callerKey, enforceLimit } from './rate-limits'

/** What a request costs as a whole: its reading, and how many records it changes. */
type Whole = { cost: number; changes: number }

/** A request to the generated REST or GraphQL API. `whole`: where that is known before its parts are. */
type GeneratedRequest = {
  whole: Whole | undefined
  /** Why nothing of it is asked. */
  refusal: string | undefined
  admitted: Promise<void> | undefined
  leave: (() => void)[]
}

/** What one part of a request does, and for whom. */
type Part = Whole & { asker: ReaderKind; caller: Parameters<typeof enforceLimit>[1] }

const requests = new WeakMap<RunningOperation, GeneratedRequest>()

const alone = createTurns({ waitMs: 2_000, mostWaiting: 24 })
const together = createTurns({ waitMs: 3_000, mostWaiting: 100 })

/** Runs the answer to a request to the generated API: what its parts have been given while it ran is given back at its end. */
export const runGenerated = async <T>(answer: () => Promise<T>): Promise<T> => {
  const operation = currentOperation()
  if (!operation) return runOperation({ name: 'request' }, () => runGenerated(answer))
  const request: GeneratedRequest = { whole: undefined, refusal: undefined, admitted: undefined, leave: [] }
  requests.set(operation, request)
  try {
    return await answer()
  } finally {
    for (const leave of request.leave) leave()
  }
}

/** Says what a request costs as a whole, where its parts would say it one by one. */
export const noteWhole = (whole: Whole): void => {
  const request = currentRequest()
  if (request) request.whole = whole
}

/** Says why nothing of a request is asked, for whoever answers it ({@link refusalOfWhole}). */
export const refuseWhole = (refusal: string): void => {
  const request = currentRequest()
  if (request) request.refusal = refusal
}

/** Why nothing of the request was asked; undefined where it was. */
export const refusalOfWhole = (): string | undefined => currentRequest()?.refusal

/**
 * How a part stands to its request: `none` where it is of no request to the generated API (but of our own code), `first` where its cost is the
 * request's, `counted` where that is known already.
 */
export const placeInRequest = (): 'none' | 'first' | 'counted' => {
  const request = currentRequest()
  if (!request) return 'none'
  return request.admitted || request.whole ? 'counted' : 'first'
}

/**
 * Lets a request go on, by its first part: counts it, waits for its turn, and bounds its statements. Further parts wait for the same.
 * @throws DomainError `rate_limited` or `unavailable`, with the seconds to wait.
 */
export const admit = async (part: Part): Promise<void> => {
  const request = currentRequest()
  if (!request) return
  request.admitted ??= admitFirst(request, part)
  await request.admitted
}

const currentRequest = (): GeneratedRequest | undefined => {
  const operation = currentOperation()
  return operation && requests.get(operation)
}

const admitFirst = async (request: GeneratedRequest, { asker, caller, ...part }: Part): Promise<void> => {
  const { cost, changes } = request.whole ?? part
  const bounds = queryBounds[asker]
  if (changes) {
    // It waits for nobody: Payload has begun its transaction, and a connection that waits is one less for all.
    await enforceLimit('recordChanges', caller, changes)
    return
  }
  await enforceLimit('records', caller, Math.max(1, Math.ceil(cost / bounds.costOfPoint)))
  const own = await alone.take(callerKey(caller), bounds.alone)
  if (!own) {
    const detail = `At most ${bounds.alone} requests of one caller are worked on at the same time. Wait for their answers.`
    throw new DomainError('rate_limited', detail, { retryAfter: 1 })
  }
  request.leave.push(own)
  const shared = await together.take(asker, bounds.together)
  if (!shared) {
    const detail = 'Many ask for records at the moment. Try again shortly.'
    throw new DomainError('unavailable', detail, { retryAfter: 3 })
  }
  request.leave.push(shared)
  const { statementMs, connections } = bounds
  boundReading({ statementMs, lane: connections === undefined ? undefined : { name: asker, share: connections } })
}
