import { isDeepStrictEqual } from 'node:util'
import {
  type Collection,
  type CollectionBeforeOperationHook,
  type CollectionSlug,
  type DataFromCollectionSlug,
  type FlattenedField,
  killTransaction,
  NotFound,
  type PayloadRequest,
} from 'payload'
import { hasAddedFields } from './added-fields'

type Data = Record<string, unknown>
type OperationArgs = Extract<Parameters<CollectionBeforeOperationHook>[0], { operation: 'update' }>['args']

/**
 * Changes a document as `payload.update` would, with every hook of its collection in their order and with the whole document, but without
 * the walk over its fields, and without writing what stays as it was. For our own code, which knows that what it sends is valid: access and the
 * fields' validation are not asked. Where an installation has added fields to the collection, Payload's own update does it, with all that belongs
 * to them.
 * Call it inside a transaction; like Payload's update it rolls that back when it fails.
 * @throws NotFound, and what the hooks throw.
 */
export const updateWithHooks = async <Slug extends CollectionSlug>(
  req: PayloadRequest,
  args: { collection: Slug; id: string; data: Partial<DataFromCollectionSlug<Slug>> },
): Promise<void> => {
  const { collection: slug, id } = args
  const collection = req.payload.collections[slug]
  if (hasAddedFields(collection.config)) {
    await req.payload.update({ collection: slug, id, data: args.data as never, depth: 0, req })
    return
  }
  try {
    await updateDirectly(req, { collection, id, data: args.data })
  } catch (error) {
    await killTransaction(req)
    throw error
  }
}

const updateDirectly = async (
  req: PayloadRequest,
  { collection, id, data: sent }: { collection: Collection; id: string; data: Data },
): Promise<void> => {
  const { config } = collection
  const { hooks, flattenedFields: fields, slug } = config
  const { context } = req
  const common = { collection: config, context, req }
  const operation = 'update' as const

  let data = sent
  for (const hook of hooks.beforeOperation) {
    // Of updates Payload's types know the arguments of those of many documents alone.
    const args = { collection, id, data, depth: 0, overrideAccess: true, req } as unknown as OperationArgs
    const changed = await hook({ ...common, args, operation, overrideAccess: true })
    // Typed as the arguments of any operation; this one has the data that it was given.
    if (changed && 'data' in changed) data = changed.data as Data
  }
  const originalDoc = await req.payload.db.findOne<Data & { id: string }>({
    collection: slug,
    req,
    where: { id: { equals: id } },
  })
  if (!originalDoc) throw new NotFound(req.t)
  data = mergeFields(fields, data, originalDoc)
  for (const hook of [...hooks.beforeValidate, ...hooks.beforeChange]) {
    data = ((await hook({ ...common, data, operation, originalDoc })) as Data | undefined) ?? data
  }
  const updatedAt = new Date().toISOString()
  const changes = { ...computeChanges(fields, data, originalDoc), updatedAt }
  await req.payload.db.updateOne({ collection: slug, id, data: changes, req, returning: false })

  const doc = { ...data, id, updatedAt }
  for (const hook of hooks.afterChange) {
    await hook({ ...common, data, doc, operation, overrideAccess: true, previousDoc: originalDoc })
  }
  for (const hook of hooks.afterOperation) {
    const args = { collection, id, data, depth: 0, overrideAccess: true, req }
    await hook({ ...common, args, operation: 'updateByID', overrideAccess: true, result: doc })
  }
}

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is stored, with what was sent in its place: `data` as hooks get it. */
const mergeFields = (fields: readonly FlattenedField[], sent: Data, stored: Data): Data => {
  const merged = { ...sent }
  for (const field of fields) {
    const { name } = field
    const [value, before] = [sent[name], stored[name]]
    if (field.type === 'group' || field.type === 'tab') {
      merged[name] = mergeFields(field.flattenedFields, isData(value) ? value : {}, isData(before) ? before : {})
    } else if (value === undefined && before !== undefined) merged[name] = structuredClone(before)
  }
  return merged
}

/** Rows that were added at the end; a list with holes, as Payload numbers them by where they stand in it. */
const appendedRows = (value: unknown, before: unknown): unknown[] | undefined => {
  if (!Array.isArray(value) || !Array.isArray(before) || value.length <= before.length) return undefined
  if (!isDeepStrictEqual(value.slice(0, before.length), before)) return undefined
  const rows: unknown[] = []
  value.forEach((row: unknown, at) => {
    if (at >= before.length) rows[at] = row
  })
  return rows
}

/** Stored in a column of its own, and in no other row. */
const isPlain = (field: FlattenedField): boolean => {
  if (field.type === 'array' || field.type === 'blocks' || ('localized' in field && field.localized)) return false
  if (field.type === 'group' || field.type === 'tab') return field.flattenedFields.every(isPlain)
  return !('hasMany' in field && field.hasMany) && !('relationTo' in field && Array.isArray(field.relationTo))
}

/**
 * What has to be written: most often a few columns and a row at the end of a list. Where another list has changed that is the whole document,
 * as Payload then writes the whole row.
 */
const computeChanges = (fields: readonly FlattenedField[], data: Data, stored: Data): Data => {
  const changes: Data = {}
  for (const field of fields) {
    const [value, before] = [data[field.name], stored[field.name]]
    if (value === undefined || isDeepStrictEqual(value, before)) continue
    const appended = field.type === 'array' ? appendedRows(value, before) : undefined
    if (!appended && !isPlain(field)) return data
    changes[field.name] = appended ? { $push: appended } : value
  }
  return changes
}
