import { minuteMs } from '#shared/time'

/** Minutes before the start from which a session may be started, joined by the host, or counted as attended. */
export const earlyStartMinutes = 15

/** What the clock allows for a session; instants are epoch milliseconds. */
export type SessionClock = {
  startsAt: number
  endsAt: number
  now: number
  /** Until when the mailed link has to be opened; null where nobody has to, or has. */
  emailConfirmBy?: number | null
}

export const hasStarted = ({ startsAt, now }: SessionClock): boolean => now >= startsAt
export const hasEnded = ({ endsAt, now }: SessionClock): boolean => now >= endsAt
export const canStart = ({ startsAt, now }: SessionClock): boolean => now >= startsAt - earlyStartMinutes * minuteMs
