/** What a window says of a call: how many are left in it, and milliseconds until it ends. */
export type WindowState = { isOpen: boolean; limit: number; remaining: number; resetMs: number }

/**
 * Resend's limit: so many calls within a second, which begins with the first of them. Those that are refused do not count.
 * @param perSecond 0: any number.
 */
export const createCallWindow = (perSecond: number): ((now: number) => WindowState) => {
  let begun = -Infinity
  let calls = 0
  return (now) => {
    if (perSecond <= 0) return { isOpen: true, limit: 0, remaining: 0, resetMs: 0 }
    if (now - begun >= 1_000) {
      begun = now
      calls = 0
    }
    const isOpen = calls < perSecond
    if (isOpen) calls++
    return { isOpen, limit: perSecond, remaining: perSecond - calls, resetMs: begun + 1_000 - now }
  }
}
