import Stripe from 'stripe'
import { ProviderLimited } from '#providers/provider-limited'

/**
 * What is known after a call that did not succeed:
 * - `refused`: Stripe looked at the request and said no; the same request will not succeed.
 * - `not_processed`: nothing was done (wrong key, too many requests); the same request may be sent again.
 * - `unknown`: it may have been carried out (timeout, broken connection, Stripe's own fault, a request still under way).
 */
export type ProviderOutcome = 'refused' | 'not_processed' | 'unknown'

/** A call to Stripe that did not succeed. The message is for logs and operations: it may name Stripe's objects. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  readonly provider = 'stripe'
  readonly outcome: ProviderOutcome
  /** Stripe's own code (`charge_already_refunded`, `resource_missing`, `card_declined` …), where there is one. */
  readonly code: string | undefined
  /** Why the card's bank said no. */
  readonly declineCode: string | undefined
  readonly statusCode: number | undefined
  /** Stripe's id of the request, for its dashboard and support. */
  readonly requestId: string | undefined

  constructor(
    message: string,
    details: {
      outcome: ProviderOutcome
      code?: string | undefined
      declineCode?: string | undefined
      statusCode?: number | undefined
      requestId?: string | undefined
      cause?: unknown
    },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.outcome = details.outcome
    this.code = details.code
    this.declineCode = details.declineCode
    this.statusCode = details.statusCode
    this.requestId = details.requestId
  }

  /**
   * Whether the operation is over and certainly did not happen. Only then may it be tried under a new idempotency key:
   * after anything else the same key must be sent again, or money could move twice.
   */
  get definitive(): boolean {
    return this.outcome === 'refused'
  }
}

const outcomeOf = (error: Stripe.errors.StripeError): ProviderOutcome => {
  // The key was used for another request: what became of that one is not said.
  if (error instanceof Stripe.errors.StripeIdempotencyError || error.code === 'idempotency_key_in_use') return 'unknown'
  if (error instanceof Stripe.errors.StripeSignatureVerificationError) return 'refused'
  const status = error.statusCode
  // Stripe checks the key and its rate limits before it looks at the request.
  if (status === 401 || status === 429 || error.code === 'rate_limit') return 'not_processed'
  // 409: another request holds the object or the key.
  if (status !== undefined && status >= 400 && status < 500 && status !== 409) return 'refused'
  return 'unknown'
}

/** The cause of a refusal for too many calls says when to come again. */
const causeOf = (error: Stripe.errors.StripeError): Error => {
  if (error.statusCode !== 429) return error
  const seconds = Number(error.headers?.['retry-after'])
  return new ProviderLimited('stripe', Number.isFinite(seconds) && seconds > 0 ? seconds : 1)
}

/** Any error of the SDK as a `ProviderError`; anything that is not the SDK's is returned as an unknown outcome. */
export const toProviderError = (error: unknown): ProviderError => {
  if (error instanceof ProviderError) return error
  if (error instanceof Stripe.errors.StripeError) {
    return new ProviderError(error.message, {
      outcome: outcomeOf(error),
      code: error.code,
      declineCode: error.decline_code,
      statusCode: error.statusCode,
      requestId: error.requestId,
      cause: causeOf(error),
    })
  }
  const message = error instanceof Error ? error.message : String(error)
  return new ProviderError(message, { outcome: 'unknown', cause: error })
}

/** Carries out one call and throws nothing but `ProviderError`. */
export const callStripe = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    throw toProviderError(error)
  }
}
