import type { Field } from 'payload'
import { integerField, percentageField } from './number-fields'

type PolicyDefaults = { refundableBeforeHours: number; refundPercentage: number; lateRefundPercentage: number }

/** What a cancellation by the customer gives back. Without defaults every part may be left to the next wider policy. */
export const cancellationPolicyFields = (defaults?: PolicyDefaults): Field[] => [
  integerField('refundableBeforeHours', {
    max: 24 * 90,
    description: {
      en: 'Hours before the start until which a cancellation is in time.',
      de: 'Stunden vor Beginn, bis zu denen eine Stornierung rechtzeitig ist.',
    },
    ...(defaults ? { required: true, defaultValue: defaults.refundableBeforeHours } : {}),
  }),
  percentageField('refundPercentage', {
    description: {
      en: 'Given back when cancelled in time, in percent.',
      de: 'Erstattung bei rechtzeitiger Stornierung, in Prozent.',
    },
    ...(defaults ? { required: true, defaultValue: defaults.refundPercentage } : {}),
  }),
  percentageField('lateRefundPercentage', {
    description: {
      en: 'Given back when cancelled later, in percent.',
      de: 'Erstattung bei späterer Stornierung, in Prozent.',
    },
    ...(defaults ? { required: true, defaultValue: defaults.lateRefundPercentage } : {}),
  }),
]
