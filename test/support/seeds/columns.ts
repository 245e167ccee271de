import type { FlattenedField, SanitizedConfig } from 'payload'
import { weekdays } from '../../../src/availability/types'

export type Column = {
  /** `collection.path` or `global:slug.path`. */
  path: string
  /** Of a select. */
  options: string[]
  /** Shown in the admin, but not to be changed there. */
  isReadOnly: boolean
  /** Has columns below it. */
  isGroup: boolean
}

const columnsIn = (fields: FlattenedField[], parent: string): Column[] =>
  fields.flatMap((field) => {
    const path = `${parent}.${field.name}`
    const options = field.type === 'select' ? field.options : []
    const below = 'flattenedFields' in field ? columnsIn(field.flattenedFields, path) : []
    const own: Column = {
      path,
      options: options.map((option) => (typeof option === 'string' ? option : option.value)),
      isReadOnly: field.admin && 'readOnly' in field.admin ? field.admin.readOnly === true : false,
      isGroup: below.length > 0,
    }
    return [own, ...below]
  })

/** Every field of every collection and global, the groups of fields too. */
export const listColumns = ({ collections, globals }: SanitizedConfig): Column[] => [
  ...collections.flatMap(({ slug, flattenedFields }) => [
    { path: `${slug}.id`, options: [], isReadOnly: true, isGroup: false },
    ...columnsIn(flattenedFields, slug),
  ]),
  ...globals.flatMap(({ slug, flattenedFields }) => columnsIn(flattenedFields, `global:${slug}`)),
]

/** Payload's own tables, and what it fills in every row. */
export const isFilledByPayload = (path: string): boolean =>
  path.startsWith('payload-') || /\.(id|createdAt|updatedAt)$/.test(path)

/** The same for every day of the week. */
export const expandWeekdays = (path: string): string[] =>
  path.includes('*') ? weekdays.map((day) => path.replace('*', day)) : [path]
