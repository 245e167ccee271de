/**
 * What is known after a call that did not succeed:
 * - `refused`: Zoom looked at the request and said no
 * - `gone`: the meeting or the user does not exist
 * - `not_processed`: nothing was done, but may be later (too many requests, no valid token, somebody is in the meeting)
 * - `unknown`: it may have been carried out
 */
export type ZoomOutcome = 'refused' | 'gone' | 'not_processed' | 'unknown'

/** A call to Zoom that did not succeed. The message is for logs and operations. */
export class ZoomError extends Error {
  override readonly name = 'ZoomError'
  readonly outcome: ZoomOutcome
  /** Zoom's own code, where there is one. */
  readonly code: number | undefined
  /** Seconds after which a retry makes sense. */
  readonly retryAfter: number | undefined

  constructor(
    message: string,
    details: { outcome: ZoomOutcome; code?: number | undefined; retryAfter?: number | undefined; cause?: unknown },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.outcome = details.outcome
    this.code = details.code
    this.retryAfter = details.retryAfter
  }
}
