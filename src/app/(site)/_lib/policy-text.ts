import type { CancellationPolicy } from './api-types'
import type { Texts } from './texts'

/** The cancellation policy in a sentence or two. */
export const policyText = (
  policy: CancellationPolicy | null,
  isFree: boolean,
  { messages: { policy: text, units } }: Pick<Texts, 'messages'>,
): string => {
  if (isFree) return text.free
  if (!policy || policy.refundPercentage <= 0) return text.none
  if (policy.refundableBeforeHours <= 0) return text.anytime(policy.refundPercentage)
  const early = text.text(policy.refundPercentage, units.hours(policy.refundableBeforeHours))
  return policy.lateRefundPercentage ? `${early} ${text.late(policy.lateRefundPercentage)}` : early
}
