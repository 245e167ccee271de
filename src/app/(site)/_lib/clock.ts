/**
 * The server's time. Deadlines of holds and payments are instants of the server, and a device whose clock is minutes off
 * would otherwise show a hold as run out that has just been made.
 */
let offsetMs = 0

/** Below this the difference is the resolution of the header and the way of the answer, not a wrong clock. */
const toleranceMs = 5_000

export const noteServerDate = (header: string | null): void => {
  const serverTime = header === null ? Number.NaN : Date.parse(header)
  if (Number.isNaN(serverTime)) return
  const difference = serverTime - Date.now()
  offsetMs = Math.abs(difference) > toleranceMs ? difference : 0
}

/** Epoch milliseconds. */
export const serverNow = (): number => Date.now() + offsetMs
