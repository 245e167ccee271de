/**
 * What is known after a call to Google that did not succeed:
 * - `refused`: Google looked at it and said no; the same call will not succeed.
 * - `not_processed`: nothing was done (too many calls, a token that has ended); the same call may be made again.
 * - `unknown`: it may have been carried out (timeout, broken connection, Google's own fault).
 */
export type GoogleOutcome = 'refused' | 'not_processed' | 'unknown'

/** A call to Google that did not succeed. The message is for logs and operations; it holds no token and nothing of an event. */
export class GoogleError extends Error {
  override readonly name = 'GoogleError'
  readonly outcome: GoogleOutcome
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined
  /** Google's own word for it (`rateLimitExceeded`, `conditionNotMet` …). */
  readonly reason: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    operation: string,
    details: {
      outcome: GoogleOutcome
      status?: number | undefined
      reason?: string | undefined
      retryAfterSeconds?: number | undefined
    },
  ) {
    const { status, reason } = details
    super(
      `Google: ${operation} ${status === undefined ? 'had no answer' : `was answered with ${status}`}${reason ? ` (${reason})` : ''}.`,
    )
    this.outcome = details.outcome
    this.status = status
    this.reason = reason
    this.retryAfterSeconds = details.retryAfterSeconds
  }
}

/** Google takes our tokens no more: only the owner of the account can change that. */
export class NeedsReauthError extends Error {
  override readonly name = 'NeedsReauthError'

  constructor() {
    super('The account has to be connected again.')
  }
}

const quotaReasons = ['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded', 'calendarUsageLimitsExceeded']

/** What an answer says about whether the call was carried out. */
export const outcomeOf = (status: number | undefined, reason: string | undefined): GoogleOutcome => {
  if (status === undefined || status >= 500 || status === 408) return 'unknown'
  if (status === 401 || status === 429) return 'not_processed'
  if (status === 403 && reason !== undefined && quotaReasons.includes(reason)) return 'not_processed'
  return status >= 400 ? 'refused' : 'unknown'
}

const secondsOf = (header: string | null): number | undefined => {
  const seconds = Number(header)
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds), 3_600) : undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** `error.errors[0].reason` of the API, or `error` of the token endpoint. Pages of HTML have none. */
export const reasonOf = (body: unknown): string | undefined => {
  const error = isRecord(body) ? body.error : undefined
  if (typeof error === 'string') return error
  if (!isRecord(error)) return undefined
  const first: unknown = Array.isArray(error.errors) ? error.errors[0] : undefined
  if (isRecord(first) && typeof first.reason === 'string') return first.reason
  return typeof error.status === 'string' ? error.status : undefined
}

/** An answer that is no success, as an error. */
export const toGoogleError = (operation: string, response: Response, body: unknown): GoogleError => {
  const reason = reasonOf(body)
  return new GoogleError(operation, {
    outcome: outcomeOf(response.status, reason),
    status: response.status,
    reason,
    retryAfterSeconds: secondsOf(response.headers.get('retry-after')),
  })
}
