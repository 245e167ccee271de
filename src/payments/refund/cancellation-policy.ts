import { apportionFeeBack, assertMoney, currencyRules } from '#shared/money'
import { hourMs, minuteMs } from '#shared/time'

/** The policy as it was when the session was booked. Percentages are of the price that was paid. */
export type CancellationPolicy = {
  /** A customer who cancels at least so many hours before the start gets `refundPercentage` back. */
  refundableBeforeHours: number
  /** 0–100. */
  refundPercentage: number
  /** 0–100: what a customer gets back who cancels later than that, but before the start. Default 0. */
  lateRefundPercentage?: number | null
  /** 0–100: what a customer gets back who does not turn up. Default 0. */
  noShowRefundPercentage?: number | null
}

/** Where nothing else was said. */
export const usualPolicy = {
  refundableBeforeHours: 24,
  refundPercentage: 100,
  lateRefundPercentage: 0,
  noShowRefundPercentage: 0,
} as const satisfies CancellationPolicy

export type CancellationReason = keyof typeof cancellationReasons

/** Why that much is returned; the sentences are for people. */
export const cancellationReasons = {
  nothing_paid: 'Nothing was paid, so there is nothing to return.',
  cancelled_by_consultant: 'The consultant cancelled: everything is returned.',
  cancelled_by_operations: 'We cancelled: everything is returned.',
  cancelled_by_system: 'The booking could not be completed: everything is returned.',
  consultant_no_show: 'The consultant did not turn up: everything is returned.',
  customer_no_show: 'The customer did not turn up.',
  before_deadline: 'Cancelled in good time.',
  after_deadline: 'Cancelled after the deadline for a refund.',
  after_start: 'The session has started, so the price is not returned.',
} as const

/** What a cancellation or a no-show is decided from: exactly one of `cancelledBy` and `noShow` is given. */
export type CancellationCase = {
  policy: CancellationPolicy
  /** Epoch milliseconds. */
  startsAt: number
  now: number
  /** What the customer paid for the session, minor units; 0 when nothing was collected. */
  paidAmount: number
  currency: string
  /** The platform's part of that, as it was frozen with the booking. */
  platformFeeAmount: number
  /** What was returned before, without refunds that failed. */
  refundedAmount: number
} & (
  | { cancelledBy: 'customer' | 'consultant' | 'operations' | 'system'; noShow?: undefined }
  | { noShow: 'customer' | 'consultant'; cancelledBy?: undefined }
)

export type CancellationOutcome = {
  /** To be returned now, on top of what was returned before; minor units. */
  refundAmount: number
  code: CancellationReason
  /** The sentence of the code with the percentage, in English. */
  reason: string
  /** Epoch milliseconds: a customer who cancels in this minuteMs or earlier gets the policy's `refundPercentage`. */
  deadline: number
  /** What the consultant keeps of the price after this refund; minor units. */
  consultantShare: number
}
const toMinute = (instant: number): number => Math.floor(instant / minuteMs)

/** The last minuteMs in which cancelling returns the policy's `refundPercentage`; epoch milliseconds. */
export const computeRefundDeadline = (policy: CancellationPolicy, startsAt: number): number =>
  startsAt - policy.refundableBeforeHours * hourMs

const isPercentage = (value: number): boolean => value >= 0 && value <= 100

/** @throws RangeError when the policy is none. */
const assertPolicy = (policy: CancellationPolicy): void => {
  const { refundableBeforeHours, refundPercentage, lateRefundPercentage, noShowRefundPercentage } = policy
  if (!Number.isFinite(refundableBeforeHours) || refundableBeforeHours < 0) {
    throw new RangeError('refundableBeforeHours must be a number of hours, 0 or more.')
  }
  for (const percentage of [refundPercentage, lateRefundPercentage ?? 0, noShowRefundPercentage ?? 0]) {
    if (!isPercentage(percentage)) throw new RangeError('A refund percentage must lie between 0 and 100.')
  }
}

const decideReason = (input: CancellationCase): { code: CancellationReason; percentage: number } => {
  const { policy, startsAt, now } = input
  if (input.paidAmount === 0) return { code: 'nothing_paid', percentage: 0 }
  if (input.noShow !== undefined) {
    return input.noShow === 'consultant'
      ? { code: 'consultant_no_show', percentage: 100 }
      : { code: 'customer_no_show', percentage: policy.noShowRefundPercentage ?? 0 }
  }
  if (input.cancelledBy !== 'customer') return { code: `cancelled_by_${input.cancelledBy}`, percentage: 100 }
  if (toMinute(now) <= toMinute(computeRefundDeadline(policy, startsAt))) {
    return { code: 'before_deadline', percentage: policy.refundPercentage }
  }
  if (toMinute(now) < toMinute(startsAt)) {
    return { code: 'after_deadline', percentage: policy.lateRefundPercentage ?? 0 }
  }
  return { code: 'after_start', percentage: 0 }
}

/** `percentage` of the amount in the currency's smallest step, half up; hundredths of a percent count. */
const percentOf = (amount: number, percentage: number, currency: string): number => {
  const { step } = currencyRules(currency)
  const hundredths = BigInt(Math.round(percentage * 100))
  const divisor = 10_000n * BigInt(step)
  return Number((2n * BigInt(amount) * hundredths + divisor) / (2n * divisor)) * step
}

/**
 * What cancelling (or not turning up) returns, and what is left for the consultant. Whole minutes decide: a customer who
 * cancels within the minuteMs of the deadline is in time. What was returned before counts towards it, and never more than
 * was paid is returned.
 * @throws RangeError when the amounts or the policy make no sense.
 */
export const decideCancellation = (input: CancellationCase): CancellationOutcome => {
  const { policy, startsAt, paidAmount, currency, platformFeeAmount, refundedAmount } = input
  assertPolicy(policy)
  for (const amount of [paidAmount, platformFeeAmount, refundedAmount]) assertMoney(amount, currency)
  const { code, percentage } = decideReason(input)
  const due = Math.min(paidAmount, percentOf(paidAmount, percentage, currency))
  const refundAmount = Math.max(0, due - refundedAmount)
  const { consultantPayoutBack } = apportionFeeBack({
    amount: paidAmount,
    currency,
    platformFeeAmount,
    refundedSoFar: 0,
    feeBackSoFar: 0,
    refundAmount: Math.min(paidAmount, refundedAmount + refundAmount),
  })
  return {
    refundAmount,
    code,
    reason: describe(code, percentage),
    deadline: computeRefundDeadline(policy, startsAt),
    consultantShare: paidAmount - platformFeeAmount - consultantPayoutBack,
  }
}

const describe = (code: CancellationReason, percentage: number): string => {
  if (code !== 'before_deadline' && code !== 'after_deadline' && code !== 'customer_no_show') {
    return cancellationReasons[code]
  }
  const share = percentage === 0 ? 'The price is not returned.' : `${percentage} % of the price is returned.`
  return `${cancellationReasons[code]} ${share}`
}
