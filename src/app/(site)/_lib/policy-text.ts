import { hours, messages } from '../messages'
import type { CancellationPolicy } from './api-types'

/** The cancellation policy in a sentence or two. */
export const policyText = (policy: CancellationPolicy | null, isFree: boolean): string => {
  if (isFree) return messages.policy.free
  if (!policy || policy.refundPercentage <= 0) return messages.policy.none
  if (policy.refundableBeforeHours <= 0) return messages.policy.anytime(policy.refundPercentage)
  const early = messages.policy.text(policy.refundPercentage, hours(policy.refundableBeforeHours))
  return policy.lateRefundPercentage ? `${early} ${messages.policy.late(policy.lateRefundPercentage)}` : early
}
