import { ApiError } from './api-error'

/** `crypto.randomUUID` is there over HTTPS and on localhost only, and somebody may try this over plain HTTP in a local network. */
const createKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * Sends a command so that pressing the button again after a lost answer cannot do it twice: the same body gets the same
 * `Idempotency-Key` until there is a definite answer. After an answer a new key is taken, because the API repeats
 * refusals as well, and a time that was taken a minute ago may be free now.
 */
export const createSender = <Body, Result>(send: (body: Body, idempotencyKey: string) => Promise<Result>) => {
  let pending: { fingerprint: string; key: string } | undefined

  return async (body: Body): Promise<Result> => {
    const fingerprint = JSON.stringify(body) ?? ''
    if (pending?.fingerprint !== fingerprint) pending = { fingerprint, key: createKey() }
    try {
      const result = await send(body, pending.key)
      pending = undefined
      return result
    } catch (error) {
      if (!(error instanceof ApiError) || !error.mayRetry) pending = undefined
      throw error
    }
  }
}
