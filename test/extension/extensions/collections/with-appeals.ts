import type { CollectionConfig, Field } from 'payload'

const withAppealed = (field: Field): Field => {
  if (field.type === 'group' || field.type === 'row') return { ...field, fields: field.fields.map(withAppealed) }
  if (field.type !== 'select' || field.name !== 'status') return field
  return { ...field, options: [...field.options, { label: 'Appealed', value: 'practice_appealed' }] }
}

/** Reviews whose author does not agree with their rejection: one more option of a field of the product. */
export const withAppeals = (standard: CollectionConfig): CollectionConfig => ({
  ...standard,
  fields: standard.fields.map(withAppealed),
})
