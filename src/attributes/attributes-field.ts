import type { JSONField } from 'payload'
import { jsonField } from '#database/fields/text-fields'

/** What operations have defined for these records, by key. What it may hold and who reads it stands in `custom-attributes`. */
export const attributesField = (): JSONField =>
  jsonField('attributes', { description: 'What operations have defined for these records.' })
