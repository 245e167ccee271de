import type { Field, Tab } from 'payload'

/** A field that has a name, where it lies: `price.amount`. A tab with a name is one as well. */
export type NamedField = { path: string; field: Field | Tab }

const join = (parent: string, name: string): string => (parent ? `${parent}.${name}` : name)

const nameOf = (field: Field | Tab): string | undefined => ('name' in field ? field.name : undefined)

/** Every field that stores something, with those within groups, rows and tabs. */
export const listNamedFields = (fields: readonly Field[], parent = ''): NamedField[] =>
  fields.flatMap((field): NamedField[] => {
    if (field.type === 'ui') return []
    if (field.type === 'tabs') return field.tabs.flatMap((tab) => listOne(tab, tab.fields, parent))
    return listOne(field, 'fields' in field ? field.fields : [], parent)
  })

const listOne = (field: Field | Tab, inner: readonly Field[], parent: string): NamedField[] => {
  const name = nameOf(field)
  if (name === undefined) return listNamedFields(inner, parent)
  const path = join(parent, name)
  return [{ path, field }, ...listNamedFields(inner, path)]
}

/**
 * The same fields, with `change` made to each named one that `isWanted`; what lies within such a one is left as it is.
 */
export const changeFields = (
  fields: readonly Field[],
  isWanted: (path: string) => boolean,
  change: <F extends Field | Tab>(field: F, path: string) => F,
  parent = '',
): Field[] => {
  const one = <F extends Field | Tab>(field: F): F => {
    const name = nameOf(field)
    const path = name === undefined ? parent : join(parent, name)
    if (name !== undefined && isWanted(path)) return change(field, path)
    if (!('fields' in field) || !Array.isArray(field.fields)) return field
    return { ...field, fields: changeFields(field.fields, isWanted, change, path) }
  }
  return fields.map((field) => {
    if (field.type === 'ui') return field
    return field.type === 'tabs' ? { ...field, tabs: field.tabs.map(one) } : one(field)
  })
}
