import type { SessionState } from '../session-states'
import type { ActorRole } from '#shared/actor'
import type { Charge } from './charge-kinds'
import { hourMs, minuteMs } from '#shared/time'

const earliest = (...instants: number[]): number => Math.min(...instants)

/**
 * Until when a new session waits to be paid, and for the consultant's yes, and for the mailed link to be opened; epoch milliseconds, null where it waits for nothing. Said once, when
 * the session is made, and read from it by everything that ends, reminds or tells.
 */
export const computeDeadlines = ({
  requiresConfirmation,
  waitsForEmail,
  status,
  charge,
  role,
  start,
  now,
  booking,
}: {
  /** The consultant is asked for a yes. */
  requiresConfirmation: boolean
  waitsForEmail: boolean
  status: SessionState
  charge: Charge
  role: ActorRole
  start: number
  now: number
  booking: {
    paymentDeadlineMinutes: number
    paymentLinkHours: number
    requestExpiryHours: number
    emailConfirmMinutes: number
  }
}): { paymentDeadline: number | null; confirmBy: number | null; emailConfirmBy: number | null } => ({
  paymentDeadline:
    charge !== 'link'
      ? null
      : role === 'customer'
        ? now + booking.paymentDeadlineMinutes * minuteMs
        : earliest(start, now + booking.paymentLinkHours * hourMs),
  confirmBy:
    status === 'pending_confirmation' && requiresConfirmation
      ? earliest(start, now + booking.requestExpiryHours * hourMs)
      : null,
  emailConfirmBy: waitsForEmail ? earliest(start, now + booking.emailConfirmMinutes * minuteMs) : null,
})
