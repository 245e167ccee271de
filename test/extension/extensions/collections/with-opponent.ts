import type { CollectionConfig } from 'payload'
import { bookingField } from '#database/fields/booking-field'
import { textField } from '#database/fields/text-fields'
import { refuseConflict } from '../sessions/refuse-conflict'

/** A session with the other party: whoever books names it, who takes part reads it, and it is no client of ours. */
export const withOpponent = (standard: CollectionConfig): CollectionConfig => ({
  ...standard,
  hooks: { ...standard.hooks, beforeChange: [...(standard.hooks?.beforeChange ?? []), refuseConflict] },
  fields: [
    ...standard.fields,
    bookingField(
      textField('practiceOpponent', {
        label: 'Other party',
        description: 'Who the advice is about: an employer, a landlord.',
        maxLength: 120,
      }),
    ),
  ],
})
