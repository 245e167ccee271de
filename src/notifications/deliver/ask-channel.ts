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
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'The channel threw what is no error.'
    throw new ChannelTrouble(reason.slice(0, 500), { cause: error })
  }
}
