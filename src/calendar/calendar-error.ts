/**
 * What is known after a call to a calendar provider that did not succeed, whichever it is:
 * - `refused`: it looked at it and said no; the same call will not succeed.
 * - `forbidden`: the account may not do that (any more).
 * - `gone`: what was named is not there (any more).
 * - `id_taken`: there is an entry of this id, perhaps from an earlier call of ours.
 * - `changed`: it is not the version any more that was read.
 * - `token_expired`: the position in its changes is not known any more; everything has to be read from the beginning.
 * - `needs_reauth`: it takes our credentials no more. An access token is renewed then, and the call made once again.
 * - `retry`: nothing was done (too many calls, not ready); the same call may be made again, after a pause.
 * - `unknown`: it may have been carried out (timeout, broken connection, the provider's own fault).
 */
export type CalendarOutcome =
  'refused' | 'forbidden' | 'gone' | 'id_taken' | 'changed' | 'token_expired' | 'needs_reauth' | 'retry' | 'unknown'

/** A call that did not succeed. The message is for owners, logs and operations: it holds no credentials and nothing of an event. */
export class CalendarError extends Error {
  override readonly name: string = 'CalendarError'
  readonly outcome: CalendarOutcome
  /** How long the provider asks to wait. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    message: string,
    details: { outcome: CalendarOutcome; retryAfterSeconds?: number | undefined; cause?: unknown },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.outcome = details.outcome
    this.retryAfterSeconds = details.retryAfterSeconds
  }
}

/** The provider takes what we were allowed no more: only the owner of the account can change that. */
export class NeedsReauthError extends Error {
  override readonly name = 'NeedsReauthError'

  constructor() {
    super('The account has to be connected again.')
  }
}

/** Whether a call ended in one of these ways. */
export const hasOutcome = (error: unknown, ...outcomes: readonly CalendarOutcome[]): error is CalendarError =>
  error instanceof CalendarError && outcomes.includes(error.outcome)
