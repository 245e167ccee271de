/** What became of one call to a provider. */
export type ProviderVerdict =
  /** It was done. */
  | { outcome: 'ok' }
  /** The provider looked at it and said no: to this call, not to us. */
  | { outcome: 'refused' }
  /**
   * Too many calls, or not now: nothing was done.
   * `scope`: whether it is this subject (the user, the host) that is asked too often, or all of the provider; without it, the subject where there is one.
   */
  | { outcome: 'limited'; retryAfterSeconds?: number | null | undefined; scope?: 'subject' | 'provider' }
  /**
   * No answer, a fault of its own, or it does not take our key. `reason` in words, without secrets, names and addresses. Where it says when to
   * come again, nobody comes before, but the call is not made again: it may have been carried out.
   */
  | { outcome: 'failed'; reason: string; retryAfterSeconds?: number | null | undefined }

/** What is told of every call to a provider. */
export type ProviderCallReport = {
  /** `stripe`, `resend`, `google`, `zoom`, `feeds`, `s3`; of an installation `room:…`, `calendar:…`, `channel:…`. */
  provider: string
  /** One of few: the name of an operation, never an id or an address. */
  operation: string
  outcome: ProviderVerdict['outcome']
  /** From sending it to the answer. */
  seconds: number
  /** How long it had to wait for its turn before. */
  waitedSeconds: number
}

type Listener = (call: ProviderCallReport) => void

const listeners = new Set<Listener>()

/**
 * Hears of every call that this process makes to a provider, after it has ended.
 * @returns what ends that.
 */
export const onProviderCall = (listener: Listener): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Tells the listeners. One that throws keeps nobody from anything. */
export const reportProviderCall = (call: ProviderCallReport): void => {
  for (const listener of listeners) {
    try {
      listener(call)
    } catch {
      // What listens is no part of the call.
    }
  }
}
