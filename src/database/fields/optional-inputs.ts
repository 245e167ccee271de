import type { CollectionConfig, Field, FieldAccess, GlobalConfig } from 'payload'

/** No rule: whoever sees the record sees the field. */
export const readByAll: FieldAccess = () => true

/** Whether somebody who creates a record may leave the field out, as a default or a guard fills it in. */
const isFilledIn = (field: Field): boolean =>
  'required' in field &&
  Boolean(field.required) &&
  (('defaultValue' in field && field.defaultValue !== undefined) ||
    ('custom' in field && field.custom?.filledByGuard === true))

const loosen = (field: Field): Field => {
  if (field.type === 'tabs') {
    return { ...field, tabs: field.tabs.map((tab) => ({ ...tab, fields: tab.fields.map(loosen) })) }
  }
  const inner = 'fields' in field ? { ...field, fields: field.fields.map(loosen) } : field
  if (!isFilledIn(inner)) return inner
  const access = 'access' in inner ? inner.access : undefined
  // The union of all kinds of fields is too wide for the compiler to see that each keeps its own kind.
  return { ...inner, access: { ...access, read: access?.read ?? readByAll } } as Field
}

/**
 * GraphQL demands every field that is required, also those that REST fills in from a default or by a guard of the collection. It leaves out
 * those that have a rule of who reads them, so what is filled in gets one, which lets everybody.
 */
export const withOptionalInputs = <Config extends CollectionConfig | GlobalConfig>(config: Config): Config => ({
  ...config,
  fields: config.fields.map(loosen),
})
