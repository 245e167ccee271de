import type { FlattenedField, PayloadRequest } from 'payload'

/** The fields of a collection as paths of queries name them; none where there is no such collection. */
export const queriedFieldsOf = (req: Pick<PayloadRequest, 'payload'>, slug: string): FlattenedField[] =>
  Object.hasOwn(req.payload.collections, slug)
    ? req.payload.collections[slug as keyof typeof req.payload.collections].config.flattenedFields
    : []

/** What the path of a query goes on in behind a field: the fields of a group, or the records of a relation. */
export const followField = (
  field: FlattenedField,
): { slug: string } | { slug?: undefined; fields: FlattenedField[] } | undefined => {
  switch (field.type) {
    case 'relationship':
    case 'upload':
      // Of a relation to several collections Payload asks nothing but which record it is.
      return typeof field.relationTo === 'string' ? { slug: field.relationTo } : undefined
    case 'join':
      return typeof field.collection === 'string' ? { slug: field.collection } : undefined
    case 'blocks':
      return {
        fields: (field.blockReferences ?? field.blocks).flatMap((block) =>
          typeof block === 'string' ? [] : block.flattenedFields,
        ),
      }
    default:
      return 'flattenedFields' in field ? { fields: field.flattenedFields } : undefined
  }
}
