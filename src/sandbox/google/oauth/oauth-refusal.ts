import { SandboxRefusal } from '../../shared/refusal'

/** A refusal of the token endpoint and its neighbours, as OAuth 2 shapes it. */
export class OAuthRefusal extends SandboxRefusal {
  override readonly name = 'OAuthRefusal'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, description: string) {
    super(description)
    this.status = status
    this.code = code
  }

  toResponse(): Response {
    return Response.json(
      { error: this.code, error_description: this.message },
      { status: this.status, headers: { 'Cache-Control': 'no-store' } },
    )
  }
}
