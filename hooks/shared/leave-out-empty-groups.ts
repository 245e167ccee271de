import type { CollectionBeforeOperationHook, FlattenedField } from 'payload'

/** A group is never nothing: `null` for one says no more than leaving it out, and everything that looks into it would stumble. */
export const leaveOutEmptyGroups: CollectionBeforeOperationHook = ({ args, collection, operation }) => {
  if ((operation === 'create' || operation === 'update') && 'data' in args) {
    leaveOut(collection.flattenedFields, args.data)
  }
}

const leaveOut = (fields: readonly FlattenedField[], data: unknown): void => {
  if (typeof data !== 'object' || data === null) return
  for (const field of fields) {
    if (field.type !== 'group') continue
    const group: unknown = Reflect.get(data, field.name)
    if (group === null) Reflect.deleteProperty(data, field.name)
    else leaveOut(field.flattenedFields, group)
  }
}
