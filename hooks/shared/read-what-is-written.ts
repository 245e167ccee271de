import type { CollectionBeforeValidateHook, FlattenedField, GlobalConfig, PayloadRequest } from 'payload'
import { DomainError } from '#shared/errors'
import { requireNameable } from './require-nameable'
import { readRecord } from './read-record'

type GlobalBeforeValidate = NonNullable<NonNullable<GlobalConfig['hooks']>['beforeValidate']>[number]

/**
 * Texts, rich text and the records that are named, as they are stored (`read-record.ts`), in every collection and whatever way they come in.
 * @throws DomainError `invalid_request` with one entry per fault, and nothing is written.
 */
export const readWhatIsWritten: CollectionBeforeValidateHook = async ({ collection, data, originalDoc, req }) =>
  data && (await readWritten(req, collection.flattenedFields, { data, stored: originalDoc }))

/** The same for globals. */
export const readWrittenSettings: GlobalBeforeValidate = async ({ data, global, originalDoc, req }) =>
  isRecord(data) ? await readWritten(req, global.flattenedFields, { data, stored: originalDoc }) : (data as unknown)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readWritten = async (
  req: PayloadRequest,
  fields: readonly FlattenedField[],
  { data, stored }: { data: Record<string, unknown>; stored: unknown },
): Promise<Record<string, unknown>> => {
  const isLenient = req.payloadAPI === 'local'
  const read = readRecord(fields, { data, stored, isLenient })
  const faults = [...read.faults, ...(isLenient ? [] : await requireNameable(req, read.records))].slice(0, 20)
  const [first] = faults
  if (!first) return read.data
  throw new DomainError('invalid_request', `${first.path} ${first.message}.`, { errors: faults })
}
