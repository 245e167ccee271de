import { SandboxRefusal } from '../shared/refusal'

/** The `error` object of an answer, as Stripe writes it. */
export type RefusalBody = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'
  message: string
  code?: string
  param?: string
  decline_code?: string
  doc_url?: string
  charge?: string
  payment_intent?: unknown
  setup_intent?: unknown
}

/** A request that Stripe would not carry out. */
export class Refusal extends SandboxRefusal {
  override readonly name = 'Refusal'
  readonly status: number
  readonly body: RefusalBody

  constructor(status: number, body: RefusalBody) {
    super(body.message)
    this.status = status
    this.body = {
      ...body,
      ...(body.code ? { doc_url: `https://stripe.com/docs/error-codes/${body.code.replaceAll('_', '-')}` } : {}),
    }
  }

  toResponse(): Response {
    return Response.json({ error: this.body }, { status: this.status })
  }
}

/** 400, the request makes no sense. */
export const invalidRequest = (
  message: string,
  details: Partial<Omit<RefusalBody, 'type' | 'message'>> = {},
): Refusal => new Refusal(400, { type: 'invalid_request_error', message, ...details })

/** The object in the path (404) or in a parameter (400) does not exist. */
export const noSuch = (resource: string, id: string, where: { param: string; inPath: boolean }): Refusal =>
  new Refusal(where.inPath ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${resource}: '${id}'`,
    param: where.param,
  })
