import { ApiError } from './api-error'

/**
 * Carries out a command. Refused because what it wants is so already (pressed twice, in another tab, on another device), it has succeeded: whoever
 * pressed wanted that state, and has it.
 * @param read how things stand now.
 * @param isSo whether that is what was wanted.
 */
export const orAlready = async <Done, Now>({
  act,
  read,
  isSo,
  toDone,
}: {
  act: () => Promise<Done>
  read: () => Promise<Now>
  isSo: (now: Now) => boolean
  toDone: (now: Now) => Done
}): Promise<Done> => {
  try {
    return await act()
  } catch (refusal) {
    if (!(refusal instanceof ApiError) || refusal.mayRetry) throw refusal
    const now = await read().catch(() => undefined)
    if (now === undefined || !isSo(now)) throw refusal
    return toDone(now)
  }
}

/** Takes something away; that it is gone already is what was wanted. */
export const orGone = async (remove: () => Promise<unknown>): Promise<void> => {
  try {
    await remove()
  } catch (refusal) {
    if (!(refusal instanceof ApiError) || refusal.code !== 'not_found') throw refusal
  }
}
