import type { CollectionSlug, FlattenedField, SanitizedConfig } from 'payload'

/** A field (dotted path) of a collection that points at another one. */
export type Reference = { collection: CollectionSlug; label: string; path: string }

const pointsAt = (field: FlattenedField, slug: string): boolean => {
  if (field.type !== 'relationship' && field.type !== 'upload') return false
  return Array.isArray(field.relationTo)
    ? field.relationTo.some((target) => target === slug)
    : field.relationTo === slug
}

const findPaths = (fields: FlattenedField[], slug: string, parent = ''): string[] =>
  fields.flatMap((field) => {
    const path = parent ? `${parent}.${field.name}` : field.name
    if (pointsAt(field, slug)) return field.custom?.clearedWithTarget ? [] : [path]
    return 'flattenedFields' in field ? findPaths(field.flattenedFields, slug, path) : []
  })

const isInternal = (slug: string) => slug.startsWith('payload-')

/** What refusals call records: English, as all that they say. */
const nameOf = (plural: unknown, slug: string): string => {
  const said: unknown = typeof plural === 'object' && plural !== null ? Reflect.get(plural, 'en') : plural
  return typeof said === 'string' ? said.toLowerCase() : slug
}

/** Every field that keeps a record of `slug` from being deleted, by the collections' own definitions. */
export const findReferences = (config: SanitizedConfig, slug: string): Reference[] =>
  config.collections
    .filter((collection) => !isInternal(collection.slug))
    .flatMap(({ slug: from, flattenedFields, labels }) =>
      findPaths(flattenedFields, slug).map((path) => ({
        collection: from,
        label: nameOf(labels.plural, from),
        path,
      })),
    )
