import type { Field, SanitizedConfig } from 'payload'
import { adminComponent } from '#database/fields/admin-component'

/** Kinds of fields whose cells show values as machines write them, or "<No …>" for nothing. */
const plain = new Set<Field['type']>([
  'checkbox',
  'email',
  'number',
  'radio',
  'relationship',
  'select',
  'text',
  'textarea',
  'upload',
])

/** A day or a time of day is no instant: an extension's own say themselves how they are shown. */
const isInstant = (field: Field): boolean =>
  field.type === 'date' && !['dayOnly', 'timeOnly', 'monthOnly'].includes(field.admin?.date?.pickerAppearance ?? '')

const cellOf = (field: Field) => {
  if (isInstant(field)) return adminComponent('instant-cell')
  return plain.has(field.type) ? adminComponent('plain-cell') : undefined
}

const useIn = (fields: readonly Field[]): void => {
  for (const field of fields) {
    if (field.type === 'tabs') for (const tab of field.tabs) useIn(tab.fields)
    else if ('fields' in field) useIn(field.fields)
    if (!('name' in field) || field.name === 'id' || field.type === 'ui') continue
    const cell = cellOf(field)
    // Columns are made of them where they lie in a group as well.
    if (cell && field.admin && !field.admin.components?.Cell) {
      Object.assign(field.admin, { components: { ...field.admin.components, Cell: cell } })
    }
  }
}

/**
 * Lists say "Yes", "30, 60" and "–", and one kind of date, whoever has defined the column: the product, an extension, or Payload itself, whose
 * fields are there only once the configuration is built.
 */
export const usePlainCells = (config: SanitizedConfig): SanitizedConfig => {
  for (const { fields } of config.collections) useIn(fields)
  return config
}
