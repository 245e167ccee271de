import type { Field } from 'payload'
import { integerField, percentageField } from './number-fields'

type PolicyDefaults = { refundableBeforeHours: number; refundPercentage: number; lateRefundPercentage: number }

/** What a cancellation by the customer gives back. Without defaults every part may be left to the next wider policy. */
export const cancellationPolicyFields = (defaults?: PolicyDefaults): Field[] => [
  integerField('refundableBeforeHours', {
    max: 24 * 90,
    description: 'Hours before the start until which a cancellation is in time.',
    ...(defaults ? { required: true, defaultValue: defaults.refundableBeforeHours } : {}),
  }),
  percentageField('refundPercentage', {
    description: 'Given back when cancelled in time, in percent.',
    ...(defaults ? { required: true, defaultValue: defaults.refundPercentage } : {}),
  }),
  percentageField('lateRefundPercentage', {
    description: 'Given back when cancelled later, in percent.',
    ...(defaults ? { required: true, defaultValue: defaults.lateRefundPercentage } : {}),
  }),
]
