import { isDeepStrictEqual } from 'node:util'
import { getTranslation, type I18n } from '@payloadcms/translations'
import type { FlattenedField } from 'payload'
import { inLanguage } from '#shared/words'

/** Of whoever reads it. */
type Reader = Pick<I18n, 'fallbackLanguage' | 'language' | 't'>

/** A field in which a form and the record differ, in words. */
export type FormDifference = { path: string; label: string; mine: string; theirs: string }

/** Payload keeps these by itself. */
const system = new Set(['id', 'createdAt', 'updatedAt', '_status'])

/**
 * In which fields that were sent a record is another one now.
 * @param sent by the form. @param stored the record as whoever sends it may read it, its relations as ids.
 */
export const findFormDifferences = (
  fields: readonly FlattenedField[],
  { sent, stored, i18n }: { sent: unknown; stored: unknown; i18n: Reader },
  parent = '',
): FormDifference[] => {
  if (!isRecord(sent) || !isRecord(stored)) return []
  return fields.flatMap((field): FormDifference[] => {
    const { name } = field
    if (system.has(name) || !(name in sent) || !(name in stored)) return []
    const [mine, theirs] = [sent[name], stored[name]]
    const path = parent ? `${parent}.${name}` : name
    if (field.type === 'group' || field.type === 'tab') {
      return findFormDifferences(field.flattenedFields, { sent: mine, stored: theirs, i18n }, path)
    }
    if (isDeepStrictEqual(plain(mine, field), plain(theirs, field))) return []
    const label = 'label' in field && field.label ? getTranslation(field.label, i18n) : name
    return [{ path, label, mine: describe(mine, field, i18n), theirs: describe(theirs, field, i18n) }]
  })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same for whatever means the same: nothing and an empty text, a record and its id, an instant however it is written. */
const plain = (value: unknown, field: FlattenedField): unknown => {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length)) return null
  if (field.type === 'date') return typeof value === 'string' ? Date.parse(value) : value
  if (Array.isArray(value)) return value.map((item: unknown) => plain(item, field))
  if (!isRecord(value)) return value
  if (field.type === 'relationship' || field.type === 'upload') return 'id' in value ? value.id : value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const known = field.type === 'array' ? field.flattenedFields.find((one) => one.name === name) : undefined
      const read = plain(inner, known ?? field)
      return read === null ? [] : [[name, read]]
    }),
  )
}

const longest = 60

const nothing = { en: 'nothing', de: 'nichts' }
const yes = { en: 'yes', de: 'ja' }
const no = { en: 'no', de: 'nein' }
const otherEntries = { en: 'other entries', de: 'andere Einträge' }

const describe = (value: unknown, field: FlattenedField, i18n: Reader): string => {
  if (plain(value, field) === null) return inLanguage(nothing, i18n.language)
  if (typeof value === 'boolean') return inLanguage(value ? yes : no, i18n.language)
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return inLanguage(otherEntries, i18n.language)
  const option =
    field.type === 'select' ? field.options.find((one) => typeof one !== 'string' && one.value === value) : undefined
  const text = typeof option === 'object' ? String(getTranslation(option.label, i18n)) : value
  return `“${text.length > longest ? `${text.slice(0, longest)}…` : text}”`
}
