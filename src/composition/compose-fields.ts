import type { CollectionConfig, Field, GlobalConfig, Tab } from 'payload'
import { staffField } from '#access/field-access'
import { addedMark } from '#database/added-fields'
import { type BookableField, bookingUseOf, isBookable } from '#database/fields/booking-field'
import { maxPageSize } from '#hooks/shared/cap-limit'
import { changeFields, listNamedFields } from './walk-fields'

type Entity = CollectionConfig | GlobalConfig

const withMark = <F extends Field | Tab>(field: F): F => ({
  ...field,
  custom: { ...('custom' in field ? field.custom : {}), ...addedMark },
  access: {
    create: staffField,
    read: staffField,
    update: staffField,
    ...('access' in field ? field.access : {}),
  },
})

/**
 * Marks what was added to a collection or global of the product. What an added field does not grant is staff's alone: the record that it stands on
 * may be everybody's.
 */
export const markAddedFields = <E extends Entity>(standard: Entity, changed: E): E => {
  const known = new Set(listNamedFields(standard.fields).map(({ path }) => path))
  const isAdded = (path: string) => !known.has(path)
  return { ...changed, fields: changeFields(changed.fields, isAdded, withMark) }
}

/** Lists within a record are pages as well. */
export const boundJoins = <E extends Entity>(entity: E): E => {
  const joins = new Set(
    listNamedFields(entity.fields).flatMap(({ path, field }) =>
      'type' in field && field.type === 'join' ? [path] : [],
    ),
  )
  if (!joins.size) return entity
  const bound = <F extends Field | Tab>(field: F): F => {
    const { defaultLimit = 10 } = field as { defaultLimit?: number }
    return { ...field, defaultLimit: defaultLimit > 0 ? Math.min(defaultLimit, maxPageSize) : maxPageSize }
  }
  return { ...entity, fields: changeFields(entity.fields, (path) => joins.has(path), bound) }
}

/** Names that the booking API has for something else. */
export type TakenNames = Readonly<Record<string, ReadonlySet<string>>>

/**
 * The fields of each collection that the booking API takes or answers.
 * @throws Error for a field of which the API cannot say what it is, where it does not look for it, or whose name is taken.
 */
export const collectBookingFields = (
  collections: readonly CollectionConfig[],
  taken: TakenNames,
): ReadonlyMap<string, readonly BookableField[]> =>
  new Map(
    collections.map(({ slug, fields }) => [
      slug,
      listNamedFields(fields).flatMap(({ path, field }): BookableField[] => {
        if (!('type' in field)) return []
        const use = bookingUseOf(field)
        if (!use) return []
        const at = `The field ${path} of "${slug}"`
        const names = taken[slug]
        if (!names)
          throw new Error(
            `${at} is no matter of the booking API: bookingField is for ${Object.keys(taken).join(' and ')}.`,
          )
        if (path.includes('.')) throw new Error(`${at} lies in a group: the booking API knows fields by one name.`)
        if (names.has(path)) throw new Error(`${at} needs another name: the booking API has one for something else.`)
        if (!isBookable(field) || ('relationTo' in field && Array.isArray(field.relationTo))) {
          throw new Error(
            `${at} cannot stand in the booking API: of a ${field.type} field its document cannot say what it is.`,
          )
        }
        return [field]
      }),
    ]),
  )
