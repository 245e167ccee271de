import type { CancellationCase } from '#payments/refund/cancellation-policy'
import type { SessionState } from '#sessions/session-states'

/** Who caused that a session is over without having been held, as the cancellation policy asks; undefined when nobody did. */
export const decideRefundCase = (
  status: SessionState,
): Pick<CancellationCase, 'cancelledBy' | 'noShow'> | undefined => {
  switch (status) {
    case 'cancelled_by_user':
      return { cancelledBy: 'customer' }
    case 'cancelled_by_consultant':
      return { cancelledBy: 'consultant' }
    case 'cancelled_by_operations':
      return { cancelledBy: 'operations' }
    case 'declined':
    case 'expired':
      return { cancelledBy: 'system' }
    case 'no_show_user':
      return { noShow: 'customer' }
    case 'no_show_consultant':
      return { noShow: 'consultant' }
    case 'pending_payment':
    case 'pending_confirmation':
    case 'scheduled':
    case 'in_progress':
    case 'completed':
    case 'refunded':
      return undefined
  }
}
