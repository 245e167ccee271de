/**
 * A call was not made, or was answered with "not now": nothing was done. What a worker does for it is put back until then, which is no
 * failed try. Gateways hand it on as the cause of their own errors.
 */
export class ProviderLimited extends Error {
  override readonly name = 'ProviderLimited'
  readonly provider: string
  readonly retryAfterSeconds: number

  constructor(provider: string, retryAfterSeconds: number) {
    super(`${provider} takes no more calls for ${Math.ceil(retryAfterSeconds)} seconds.`)
    this.provider = provider
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The reason of an error, if it is that a provider is not to be called now. */
export const findProviderLimited = (error: unknown): ProviderLimited | undefined => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ProviderLimited) return cause
  }
  return undefined
}
