import type { CancellationCase } from '#payments/refund/cancellation-policy'
import { sessionRow, type SessionState } from '#sessions/session-states'

/** Who caused that a session is over without having been held, as the cancellation policy asks; undefined when nobody did. */
export const decideRefundCase = (status: SessionState): Pick<CancellationCase, 'cancelledBy' | 'noShow'> | undefined =>
  sessionRow(status).cause ?? undefined
