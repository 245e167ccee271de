import { presentCaller } from './caller'
import { noteArrival } from './note-arrival'
import { noteHealth } from './note-health'
import { type ProviderVerdict, reportProviderCall } from './provider-call'
import { type Bucket, bucketsOf } from './provider-limits'
import { awaitTurn, holdBack } from './take-turn'

/** How a call ended. */
export type Settled<T> = { value: T } | { error: unknown }

export type ProviderCall<T> = {
  provider: string
  /** One of few, for metrics: `emails.send`; never an id. */
  operation: string
  /** Who is asked at the provider, where that has a limit of its own: a user, a host. Nothing secret: it is stored. */
  subject?: string | undefined
  /** What the end of the call says of the provider. */
  judge: (settled: Settled<T>) => ProviderVerdict
}

/** A provider that wants to hear nothing for longer is tried again after so long: it may have been put right meanwhile. */
const longestHoldSeconds = 900

/** One that says "at once" is not called without a pause. */
const shortestHoldSeconds = 0.1

/** Where a provider refuses without saying for how long. */
const usualHoldSeconds = 1

const settle = async <T>(run: () => Promise<T>): Promise<Settled<T>> => {
  try {
    return { value: await run() }
  } catch (error) {
    return { error }
  }
}

/** What an installation's provider answers may be anything. */
const judgeSafely = <T>({ judge }: ProviderCall<T>, settled: Settled<T>): ProviderVerdict => {
  try {
    return judge(settled)
  } catch {
    return { outcome: 'failed', reason: 'It answered nonsense.' }
  }
}

/**
 * The one way to every provider. Waits until the limits that all processes share let the call go; takes an answer like 429 for all of them, and
 * makes the call again where there is patience for it (nothing was done, so that is no second call); and notes how the provider was found.
 * Opens no transaction, and is not called in one.
 * @throws ProviderLimited when the call could not be made in time; otherwise what `run` throws.
 */
export const callProvider = async <T>(call: ProviderCall<T>, run: () => Promise<T>): Promise<T> => {
  const { provider, operation, subject } = call
  const buckets = bucketsOf(provider, subject)
  const begunAt = Date.now()
  const deadline = begunAt + presentCaller().patienceMs
  for (;;) {
    const askedAt = performance.now()
    const turn = await awaitTurn(provider, buckets, deadline)
    const sentAt = performance.now()
    const settled = await settle(run)
    if (turn) noteArrival(turn, performance.now())
    const verdict = judgeSafely(call, settled)
    reportProviderCall({
      provider,
      operation,
      outcome: verdict.outcome,
      seconds: (performance.now() - sentAt) / 1_000,
      waitedSeconds: (sentAt - askedAt) / 1_000,
    })
    const held = await follow(call, buckets, verdict)
    if (verdict.outcome === 'limited' && held && Date.now() + held.seconds * 1_000 < deadline) continue
    if ('error' in settled) throw settled.error
    return settled.value
  }
}

/** Notes what a call said of the provider, and holds back the next ones where it asked for that. → for how long. */
const follow = async (
  { provider, subject }: Pick<ProviderCall<unknown>, 'provider' | 'subject'>,
  buckets: readonly Bucket[],
  verdict: ProviderVerdict,
): Promise<{ seconds: number } | undefined> => {
  if (verdict.outcome === 'ok' || verdict.outcome === 'refused') {
    noteHealth(provider, { is: 'well' })
    return undefined
  }
  const { outcome } = verdict
  // What an installation's provider says need be no number.
  const retryAfterSeconds = Number.isNaN(Number(verdict.retryAfterSeconds ?? NaN))
    ? undefined
    : Number(verdict.retryAfterSeconds)
  if (outcome === 'failed') noteHealth(provider, { is: 'failing', reason: verdict.reason })
  if (outcome === 'failed' && !retryAfterSeconds) return undefined
  const seconds = Math.min(Math.max(retryAfterSeconds ?? usualHoldSeconds, shortestHoldSeconds), longestHoldSeconds)
  const isOfSubject = subject !== undefined && !(outcome === 'limited' && verdict.scope === 'provider')
  if (!isOfSubject) noteHealth(provider, { is: 'refusing', seconds })
  const bucket = buckets.find(({ name }) => (name === provider) !== isOfSubject)
  if (!bucket) return undefined
  await holdBack(bucket, seconds)
  return { seconds }
}
