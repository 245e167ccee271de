/**
 * Every refusal that a caller can meet, with its HTTP status and the title of its problem document (RFC 9457).
 * The codes are the contract of the public API; endpoints, hooks, OpenAPI document and tests derive from this table.
 */
export const errorCodes = {
  invalid_request: { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'A login is needed' },
  second_factor_required: { status: 401, title: 'A second factor is needed' },
  fresh_login_required: { status: 403, title: 'A fresh login is needed' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  slot_taken: { status: 409, title: 'That time was just taken' },
  illegal_transition: { status: 409, title: 'That is not possible in this state' },
  idempotency_conflict: { status: 409, title: 'The idempotency key was used for another request' },
  conflict: { status: 409, title: 'The record changed meanwhile' },
  hold_expired: { status: 410, title: 'The hold has run out' },
  link_expired: { status: 410, title: 'The link is of no use any more' },
  payload_too_large: { status: 413, title: 'The request is too large' },
  outside_policy: { status: 422, title: 'The policy does not allow that' },
  slot_not_offered: { status: 422, title: 'That time is not offered' },
  challenge_required: { status: 429, title: 'Solve a challenge first' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  provider_failed: { status: 502, title: 'A provider did not answer as expected' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
} as const satisfies Record<string, { status: number; title: string }>

export type ErrorCode = keyof typeof errorCodes

/** One fault in the input: where (dotted path) and what to change. */
export type FieldError = { path: string; message: string }

/** Work that a caller is asked for, in the form of ALTCHA: the number, at most `maxnumber`, that with the salt before it has this hash. */
export type Challenge = { algorithm: string; challenge: string; salt: string; signature: string; maxnumber: number }

/**
 * An expected refusal. `message` is shown to the caller as it is, so it says what to change and never holds a secret,
 * SQL, or whether an e-mail address is known.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: ErrorCode
  readonly errors: FieldError[] | undefined
  /** Seconds after which a retry makes sense (`rate_limited`, `unavailable`). */
  readonly retryAfter: number | undefined
  /** What has to be solved before the same is asked again (`challenge_required`). */
  readonly challenge: Challenge | undefined
  /** The whole refusal in German, where somebody wrote it; without it, people are told what the code means. */
  readonly german: string | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      errors?: FieldError[]
      retryAfter?: number
      challenge?: Challenge
      german?: string
      cause?: unknown
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.errors = options.errors
    this.retryAfter = options.retryAfter
    this.challenge = options.challenge
    this.german = options.german
  }

  get status(): number {
    return errorCodes[this.code].status
  }
}

/** The body of an `application/problem+json` answer. */
export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  code: ErrorCode
  errors?: FieldError[]
  challenge?: Challenge
  requestId?: string
}

export const toProblem = (error: DomainError): Problem => ({
  type: `https://parley.example/problems/${error.code}`,
  title: errorCodes[error.code].title,
  status: error.status,
  detail: error.message,
  code: error.code,
  ...(error.errors?.length ? { errors: error.errors } : {}),
  ...(error.challenge ? { challenge: error.challenge } : {}),
})
