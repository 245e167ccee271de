import type { PayloadRequest } from 'payload'
import { ProviderError } from '#payments/stripe/provider-error'
import { DomainError } from '#shared/errors'

const unreachable = (cause: unknown) =>
  new DomainError('provider_failed', 'Stripe cannot be reached. Try again in a moment.', { cause })

/** Reads at Stripe for somebody who waits for the answer. @throws DomainError `provider_failed` when it cannot be asked. */
export const askStripe = async <T>(req: PayloadRequest, call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    req.payload.logger.warn({ err: error, msg: 'Stripe cannot be asked' })
    throw unreachable(error)
  }
}

/**
 * Carries out calls to Stripe for somebody who waits for the answer, and says what a failure means to them.
 * @param refusal what it means when Stripe says no for good.
 * @throws DomainError `illegal_transition` with that, or `provider_failed` when it may work later.
 */
export const explainStripe = async <T>(req: PayloadRequest, refusal: string, call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    req.payload.logger.warn({ err: error, msg: 'Stripe did not do what somebody asked for' })
    if (error.definitive) throw new DomainError('illegal_transition', refusal, { cause: error })
    throw unreachable(error)
  }
}
