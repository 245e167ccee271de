import type { CollectionConfig } from 'payload'
import { bookingField } from '#database/fields/booking-field'
import { choiceField } from '#database/fields/text-fields'
import { practiceAreas } from '../practice-areas'

/** A service with its area of law, which the booking pages are told; staff set it in the admin. */
export const withArea = (standard: CollectionConfig): CollectionConfig => ({
  ...standard,
  fields: [
    ...standard.fields,
    bookingField(choiceField('practiceArea', practiceAreas, { label: 'Area of law', index: true }), { input: false }),
  ],
})
