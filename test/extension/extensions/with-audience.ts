import type { CollectionConfig } from 'payload'
import { textField } from '#database/fields/text-fields'

/** Whom a service is for, as the booking pages show it. */
export const withAudience = (standard: CollectionConfig): CollectionConfig => ({
  ...standard,
  fields: [...standard.fields, textField('audience', { index: true, description: 'Whom it is for.' })],
})
