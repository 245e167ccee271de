import type { CollectionBeforeOperationHook, FlattenedField, GlobalConfig } from 'payload'

type GlobalBeforeOperation = NonNullable<NonNullable<GlobalConfig['hooks']>['beforeOperation']>[number]

/** A group is never nothing: `null` for one says no more than leaving it out, and everything that looks into it would stumble. */
export const leaveOutEmptyGroups: CollectionBeforeOperationHook = ({ args, collection, operation }) => {
  if ((operation === 'create' || operation === 'update') && 'data' in args) {
    leaveOut(collection.flattenedFields, args.data)
  }
}

/** The same for globals. */
export const leaveOutEmptyGroupsOfSettings: GlobalBeforeOperation = ({ args, global, operation }) => {
  if (operation === 'update' && typeof args === 'object' && args !== null && 'data' in args) {
    leaveOut(global.flattenedFields, args.data)
  }
  return args as unknown
}

const leaveOut = (fields: readonly FlattenedField[], data: unknown): void => {
  if (typeof data !== 'object' || data === null) return
  for (const field of fields) {
    const value: unknown = Reflect.get(data, field.name)
    if (field.type === 'array' && Array.isArray(value)) {
      for (const row of value as unknown[]) leaveOut(field.flattenedFields, row)
    }
    if (field.type !== 'group' && field.type !== 'tab') continue
    if (value === null) Reflect.deleteProperty(data, field.name)
    else leaveOut(field.flattenedFields, value)
  }
}
