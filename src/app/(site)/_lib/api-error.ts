import type { Challenge, ErrorCode, FieldError } from '#shared/errors'
import type { Problem } from './api-types'

/** A refusal of the API, or no answer at all (`network`: offline, the server is down, the connection broke). */
export type ApiErrorCode = ErrorCode | 'network'

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'

/** What a call of the booking API failed with, so that pages can decide by `code` and show `errors` beside their fields. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiErrorCode
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  /** Faults in the input, by dotted path of the request's body. */
  readonly errors: readonly FieldError[]
  /** Seconds to wait before a retry makes sense. */
  readonly retryAfterSeconds: number | undefined
  /** What has to be solved before the same is asked again. */
  readonly challenge: Challenge | undefined

  constructor(options: {
    code: ApiErrorCode
    status: number
    message: string
    errors?: readonly FieldError[] | undefined
    retryAfterSeconds?: number | undefined
    challenge?: Challenge | undefined
    cause?: unknown
  }) {
    super(options.message, { cause: options.cause })
    this.code = options.code
    this.status = options.status
    this.errors = options.errors ?? []
    this.retryAfterSeconds = options.retryAfterSeconds
    this.challenge = options.challenge
  }

  /** Whether the outcome is unknown or temporary, so that the very same request (with the same idempotency key) may be sent again. */
  get mayRetry(): boolean {
    return this.code === 'network' || this.status === 429 || this.status >= 500
  }
}

/** Reads a refusal; an answer that is no problem document (a proxy's page, say) becomes `unavailable` or `internal_error`. */
export const toApiError = async (response: Response): Promise<ApiError> => {
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN)
  const retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : undefined
  const body: unknown = await response.json().catch(() => undefined)
  if (isProblem(body)) {
    return new ApiError({
      code: body.code,
      status: response.status,
      message: body.detail || body.title,
      errors: body.errors,
      challenge: body.challenge,
      retryAfterSeconds,
    })
  }
  const code = response.status === 404 ? 'not_found' : response.status === 503 ? 'unavailable' : 'internal_error'
  return new ApiError({ code, status: response.status, message: `HTTP ${response.status}`, retryAfterSeconds })
}

/** Whatever was thrown, as a refusal that a page can show. A fault of our own is reported like any uncaught one as well. */
export const asApiError = (error: unknown): ApiError => {
  if (error instanceof ApiError) return error
  reportError(error)
  return new ApiError({ code: 'internal_error', status: 0, message: 'Unexpected fault', cause: error })
}
