import { CalendarError, type CalendarOutcome } from '../calendar-error'

/** A call to Google that did not succeed. The message is for logs and operations; it holds no token and nothing of an event. */
export class GoogleError extends CalendarError {
  override readonly name = 'GoogleError'
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined
  /** Google's own word for it (`rateLimitExceeded`, `conditionNotMet` …). */
  readonly reason: string | undefined

  constructor(
    operation: string,
    details: {
      outcome: CalendarOutcome
      status?: number | undefined
      reason?: string | undefined
      retryAfterSeconds?: number | undefined
    },
  ) {
    const { status, reason } = details
    super(
      `Google: ${operation} ${status === undefined ? 'had no answer' : `was answered with ${status}`}${reason ? ` (${reason})` : ''}.`,
      details,
    )
    this.status = status
    this.reason = reason
  }
}

const quotaReasons = ['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded', 'calendarUsageLimitsExceeded']

const outcomeOfStatus: Readonly<Partial<Record<number, CalendarOutcome>>> = {
  401: 'needs_reauth',
  403: 'forbidden',
  404: 'gone',
  408: 'unknown',
  409: 'id_taken',
  410: 'gone',
  412: 'changed',
  429: 'retry',
}

/** What an answer says about whether the call was carried out, and why not. */
export const outcomeOf = (status: number | undefined, reason: string | undefined): CalendarOutcome => {
  if (status === undefined || status >= 500) return 'unknown'
  if (status === 403 && reason !== undefined && quotaReasons.includes(reason)) return 'retry'
  // The token endpoint's word for a grant that has ended.
  if (status === 400 && reason === 'invalid_grant') return 'needs_reauth'
  return outcomeOfStatus[status] ?? (status >= 400 ? 'refused' : 'unknown')
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
