import type { CollectionBeforeOperationHook, GlobalConfig, PayloadRequest } from 'payload'
import { DomainError } from '#shared/errors'

type GlobalBeforeOperation = NonNullable<NonNullable<GlobalConfig['hooks']>['beforeOperation']>[number]

/** What Payload keeps about every record by itself. What is in a bin says so by `deletedAt`, which is set to put it there. */
const ofRecords = ['_id', 'createdAt', 'updatedAt'] as const

/** About logins. */
const ofLogins = [
  ...(['hash', 'salt', 'sessions', 'resetPasswordToken', 'resetPasswordExpiration', '_verificationToken'] as const),
  ...(['loginAttempts', 'lockUntil', 'apiKeyIndex', 'collection', '_strategy'] as const),
] as const

/** The system's own fields of a collection. Rows within a record keep their ids, by which they are known again. */
export const systemFieldsOf = ({
  auth,
  hasOwnIds = false,
  timestamps,
}: {
  auth: unknown
  hasOwnIds?: boolean
  timestamps: boolean | undefined
}): readonly string[] => [
  ...(hasOwnIds ? [] : ['id']),
  ...(timestamps === false ? [] : ofRecords),
  ...(auth ? ofLogins : []),
]

const without = (data: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)))

const writes: ReadonlySet<string> = new Set(['create', 'update'])

const noFields = 'Send the fields as JSON with Content-Type: application/json, or in the part _payload of a form.'

const isOutside = (req: PayloadRequest): boolean => req.payloadAPI !== 'local'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * From outside nobody sets them, in any collection and in any way of writing. They are left out and not refused: a record that is read and written back
 * as a whole brings them along. A write without any fields is refused.
 */
export const leaveOutSystemFields: CollectionBeforeOperationHook = ({ args, collection, operation, req }) => {
  if (!writes.has(operation) || !isOutside(req)) return args
  if (!('data' in args) || !isRecord(args.data)) {
    // A file may come alone, and a copy has the fields of its original.
    if (req.file || 'duplicateFromID' in args) return args
    throw new DomainError('invalid_request', noFields)
  }
  // An installation may have a collection whose ids are given.
  const hasOwnIds = req.payload.collections[collection.slug].customIDType !== undefined
  const names = systemFieldsOf({ ...collection, hasOwnIds })
  // A form says by it of which state it was made. What is stored is when it was written in any case.
  const kept = operation === 'update' ? ['updatedAt'] : []
  return {
    ...args,
    data: without(
      args.data,
      names.filter((name) => !kept.includes(name)),
    ),
  }
}

/** The same for globals. */
export const leaveOutSystemSettings: GlobalBeforeOperation = ({ args, operation, req }) => {
  if (operation !== 'update' || !isOutside(req) || !isRecord(args) || !isRecord(args.data)) return args as unknown
  return { ...args, data: without(args.data, ['id', 'globalType', '_id', 'createdAt']) }
}
