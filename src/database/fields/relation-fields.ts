import type { CollectionSlug, RelationshipField, UploadField } from 'payload'
import { baseOf, type FieldOptions } from './field-options'

type RelationOptions = FieldOptions & {
  /** How deep what it points to is filled in; 1 unless told otherwise. */
  maxDepth?: number
  /** The target may be deleted; the reference is then emptied. Otherwise deleting it is refused while this one exists. */
  clearedWithTarget?: boolean
}

/** A reference to one record. */
export const relationField = (
  name: string,
  relationTo: CollectionSlug,
  options: RelationOptions = {},
): RelationshipField => ({
  ...baseOf(options),
  name,
  type: 'relationship',
  relationTo,
  maxDepth: options.maxDepth ?? 1,
  ...(options.clearedWithTarget ? { custom: { clearedWithTarget: true } } : {}),
})

/** References to several records. */
export const relationListField = (
  name: string,
  relationTo: CollectionSlug,
  options: RelationOptions = {},
): RelationshipField => ({
  ...baseOf(options),
  name,
  type: 'relationship',
  relationTo,
  hasMany: true,
  maxDepth: options.maxDepth ?? 1,
  ...(options.clearedWithTarget ? { custom: { clearedWithTarget: true } } : {}),
})

/** A picture; deleting it empties the reference. */
export const imageField = (name: string, options: FieldOptions = {}): UploadField => ({
  ...baseOf(options),
  name,
  type: 'upload',
  relationTo: 'media',
  maxDepth: 1,
  custom: { clearedWithTarget: true },
})
