import type { SessionState } from './session-states'

/** How a session stands in calendars (the STATUS of RFC 5545). */
export const sessionEventStatus = {
  pending_payment: 'TENTATIVE',
  pending_confirmation: 'TENTATIVE',
  scheduled: 'CONFIRMED',
  in_progress: 'CONFIRMED',
  completed: 'CONFIRMED',
  no_show_user: 'CONFIRMED',
  no_show_consultant: 'CONFIRMED',
  cancelled_by_user: 'CANCELLED',
  cancelled_by_consultant: 'CANCELLED',
  cancelled_by_operations: 'CANCELLED',
  declined: 'CANCELLED',
  expired: 'CANCELLED',
  refunded: 'CANCELLED',
} as const satisfies Record<SessionState, 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'>
