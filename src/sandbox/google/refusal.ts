import { SandboxRefusal } from '../shared/refusal'

export type RefusalDetails = {
  status: number
  /** `reason` of the error, what clients decide by. */
  reason: string
  message: string
  domain?: 'global' | 'calendar' | 'usageLimits' | 'push'
  location?: string
  locationType?: 'parameter' | 'header'
  /** The canonical code that newer errors carry besides. */
  code?: 'UNAUTHENTICATED' | 'PERMISSION_DENIED' | 'INVALID_ARGUMENT'
  retryAfterSeconds?: number | undefined
}

/** A call that the Calendar API would not carry out. */
export class Refusal extends SandboxRefusal {
  override readonly name = 'Refusal'
  readonly details: RefusalDetails

  constructor(details: RefusalDetails) {
    super(details.message)
    this.details = details
  }

  get status(): number {
    return this.details.status
  }

  /** As Google writes it. */
  toResponse(): Response {
    const { status, reason, message, domain = 'global', location, locationType, code } = this.details
    const where = location === undefined ? {} : { locationType, location }
    const error = {
      errors: [{ domain, reason, message, ...where }],
      code: status,
      message,
      ...(code ? { status: code } : {}),
    }
    const { retryAfterSeconds } = this.details
    return Response.json(
      { error },
      { status, headers: retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) } },
    )
  }
}

/** 400, a value that cannot be. */
export const invalid = (message: string, details: Partial<RefusalDetails> = {}): Refusal =>
  new Refusal({ status: 400, reason: 'invalid', message, ...details })

/** 400, something is missing. */
export const required = (message: string, details: Partial<RefusalDetails> = {}): Refusal =>
  new Refusal({ status: 400, reason: 'required', message, ...details })

/** 400 for a parameter of the query. */
export const invalidParameter = (location: string, message: string, reason = 'invalidParameter'): Refusal =>
  new Refusal({ status: 400, reason, message, location, locationType: 'parameter' })

export const notFound = (message = 'Not Found'): Refusal => new Refusal({ status: 404, reason: 'notFound', message })
