import { minuteMs } from '#shared/time'

/** Far more than a call to somebody else's system takes. */
const usualPatienceMs = 10 * minuteMs

/**
 * What `run` gives, unless it does not come to an end: one that waits for ever would keep a place in the worker from every other handler. It
 * may still be at it when it is tried again.
 * @param what it is, for the message.
 * @throws Error after `patienceMs`.
 */
export const withinPatience = async <T>(
  run: () => Promise<T>,
  what: string,
  patienceMs: number = usualPatienceMs,
): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what} has not ended within ${patienceMs / 1_000} seconds.`)),
      patienceMs,
    )
  })
  try {
    return await Promise.race([run(), tooLate])
  } finally {
    clearTimeout(timer)
  }
}
