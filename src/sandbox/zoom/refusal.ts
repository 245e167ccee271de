import { SandboxRefusal } from '../shared/refusal'

export type FieldFault = { field: string; message: string }

/** A call that Zoom would not carry out. */
export class Refusal extends SandboxRefusal {
  override readonly name = 'Refusal'
  readonly status: number
  /** Zoom's own number of the error. */
  readonly code: number
  readonly errors: readonly FieldFault[]
  readonly headers: Record<string, string>

  constructor(
    status: number,
    code: number,
    message: string,
    { errors = [], headers = {} }: { errors?: readonly FieldFault[]; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.errors = errors
    this.headers = headers
  }

  toResponse(): Response {
    const body = { code: this.code, message: this.message, ...(this.errors.length ? { errors: this.errors } : {}) }
    return Response.json(body, { status: this.status, headers: this.headers })
  }
}

/** A refusal of the token endpoint. */
export class OAuthRefusal extends SandboxRefusal {
  override readonly name = 'OAuthRefusal'
  readonly status = 400
  readonly error: string

  constructor(error: string, reason: string) {
    super(reason)
    this.error = error
  }

  toResponse(): Response {
    return Response.json({ reason: this.message, error: this.error }, { status: this.status })
  }
}

export const validationFailed = (errors: readonly FieldFault[]): Refusal =>
  new Refusal(400, 300, 'Validation Failed.', { errors })

export const noSuchMeeting = (id: string): Refusal => new Refusal(404, 3001, `Meeting does not exist: ${id}.`)

export const noSuchUser = (id: string): Refusal => new Refusal(404, 1001, `User does not exist: ${id}.`)
