import type { CollectionBeforeOperationHook, GlobalConfig, PayloadRequest } from 'payload'

type GlobalBeforeOperation = NonNullable<NonNullable<GlobalConfig['hooks']>['beforeOperation']>[number]

/**
 * What Payload keeps about a record by itself. Read and written back as a whole, a record brings them along, so they are left out and not refused. Rows
 * within a record keep their ids, by which they are known again.
 */
export const systemFields: readonly string[] = [
  ...['id', '_id', 'createdAt', 'updatedAt', 'deletedAt', 'globalType'],
  ...['hash', 'salt', 'sessions', 'resetPasswordToken', 'resetPasswordExpiration', '_verificationToken'],
  ...['loginAttempts', 'lockUntil', 'apiKeyIndex', 'collection', '_strategy'],
]

const withoutSystemFields = (data: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !systemFields.includes(name)))

const writes: ReadonlySet<string> = new Set(['create', 'update', 'duplicate'])

const isOutside = (req: PayloadRequest): boolean => req.payloadAPI !== 'local'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** From outside nobody sets them, in any collection and in any way of writing. */
export const leaveOutSystemFields: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (!writes.has(operation) || !isOutside(req) || !('data' in args) || !isRecord(args.data)) return args
  return { ...args, data: withoutSystemFields(args.data) }
}

/** The same for globals. */
export const leaveOutSystemSettings: GlobalBeforeOperation = ({ args, operation, req }) => {
  if (operation !== 'update' || !isOutside(req) || !isRecord(args) || !isRecord(args.data)) return args as unknown
  return { ...args, data: withoutSystemFields(args.data) }
}
