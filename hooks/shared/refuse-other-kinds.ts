import type { CollectionBeforeOperationHook, FlattenedField, GlobalConfig } from 'payload'
import { findKindFaults } from '#database/find-kind-faults'
import { DomainError } from '#shared/errors'

type GlobalBeforeOperation = NonNullable<NonNullable<GlobalConfig['hooks']>['beforeOperation']>[number]

/**
 * What comes from outside holds the kinds of values that its fields have, before any other hook, of ours or of Payload, looks into it.
 * @throws DomainError `invalid_request` with one entry per fault, and nothing is written.
 */
export const refuseOtherKinds: CollectionBeforeOperationHook = ({ args, collection, operation, req }) => {
  if ((operation !== 'create' && operation !== 'update') || req.payloadAPI === 'local') return
  if ('data' in args) refuse(collection.flattenedFields, args.data)
}

/** The same for globals. */
export const refuseOtherKindsOfSettings: GlobalBeforeOperation = ({ args, global, operation, req }) => {
  if (operation === 'update' && req.payloadAPI !== 'local' && isRecord(args)) refuse(global.flattenedFields, args.data)
  return args as unknown
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const refuse = (fields: readonly FlattenedField[], data: unknown): void => {
  const errors = isRecord(data) ? findKindFaults(fields, data).slice(0, 20) : []
  const [first] = errors
  if (first) throw new DomainError('invalid_request', `${first.path} ${first.message}.`, { errors })
}
