import type { ErrorResponse } from 'resend'
import { SandboxRefusal } from '../shared/refusal'

/** The errors of Resend that the sandbox gives, with their HTTP status (resend.com/docs/api-reference/errors). */
const refusalStatus = {
  invalid_idempotency_key: 400,
  validation_error: 422,
  missing_required_field: 422,
  invalid_from_address: 422,
  invalid_attachment: 422,
  missing_api_key: 401,
  invalid_api_key: 403,
  not_found: 404,
  method_not_allowed: 405,
  invalid_idempotent_request: 409,
  concurrent_idempotent_requests: 409,
  rate_limit_exceeded: 429,
  daily_quota_exceeded: 429,
  internal_server_error: 500,
} as const satisfies Partial<Record<ErrorResponse['name'], number>>

export type RefusalName = keyof typeof refusalStatus

/** A request that Resend would not carry out. */
export class Refusal extends SandboxRefusal {
  override readonly name = 'Refusal'
  readonly refusal: RefusalName
  readonly status: number

  constructor(refusal: RefusalName, message: string) {
    super(message)
    this.refusal = refusal
    this.status = refusalStatus[refusal]
  }

  toResponse(): Response {
    return Response.json(
      { statusCode: this.status, name: this.refusal, message: this.message },
      { status: this.status, headers: this.status === 429 ? { 'retry-after': '1' } : {} },
    )
  }
}
