import type { SendOutcome } from '../channel'

/** A channel threw, or did not come back: whether it did its work is not known. */
export class ChannelTrouble extends Error {
  override readonly name = 'ChannelTrouble'
}

/**
 * What a channel says, for as long as it is waited for. Channels are other people's code and other people's machines, so each call is bounded.
 * @throws ChannelTrouble with the reason, of at most 500 characters.
 */
export const askChannel = async <Answer>(
  seconds: number,
  call: (signal: AbortSignal) => Answer | Promise<Answer>,
): Promise<Answer> => {
  const signal = AbortSignal.timeout(seconds * 1_000)
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new ChannelTrouble(`The channel gave no answer for ${seconds} seconds.`))
    })
  })
  try {
    return await Promise.race([Promise.resolve(signal).then(call), late])
  } catch (error) {
    if (error instanceof ChannelTrouble) throw error
    const reason =
      error instanceof Error
        ? `${error.name}: ${error.message}`.replaceAll('\0', '')
        : 'The channel threw what is no error.'
    throw new ChannelTrouble(reason.slice(0, 500), { cause: error })
  }
}

/** As long as a message is worth trying. */
const longestPauseSeconds = 72 * 3_600

const words = (reason: unknown): string =>
  typeof reason === 'string' ? reason.replaceAll('\0', '').slice(0, 2_000) : 'The channel gave no reason.'

/**
 * What a channel says became of a message, in bounds that can be stored.
 * @throws ChannelTrouble when it says nothing that is an outcome.
 */
export const readOutcome = (answer: unknown): SendOutcome => {
  const { status, providerMessageId, reason, retryAfterSeconds, isPostponed } = (answer ?? {}) as Record<
    string,
    unknown
  >
  switch (status) {
    case 'sent':
      return {
        status,
        providerMessageId: typeof providerMessageId === 'string' ? words(providerMessageId).slice(0, 500) : null,
      }
    case 'refused':
      return { status, reason: words(reason) }
    case 'retry': {
      const pause = typeof retryAfterSeconds === 'number' && retryAfterSeconds > 0 ? Math.ceil(retryAfterSeconds) : null
      return {
        status,
        reason: words(reason),
        retryAfterSeconds: pause === null ? null : Math.min(pause, longestPauseSeconds),
        ...(isPostponed === true ? { isPostponed } : {}),
      }
    }
    default:
      throw new ChannelTrouble('The channel did not say what became of the message.')
  }
}
