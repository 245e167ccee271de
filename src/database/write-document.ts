import type { CollectionSlug, DataFromCollectionSlug, PayloadRequest } from 'payload'
import { followAddedFields, hasAddedFields, prepareAddedFields, validateAddedFields } from './added-fields'

/**
 * Creates a document without Payload's walk over its fields, which costs more than everything else of a booking together, but with every
 * hook of its collection, in their order and with the whole document, as `payload.create` would run them. What the walk would do (access,
 * validation, defaults, hooks of single fields) has been done by whoever calls this for the product's fields, and is done here for those
 * that an installation has added.
 * @param args.overrideAccess whether it is our own code that says what added fields hold, rather than the caller.
 * @throws DomainError `forbidden`, ValidationError for added fields.
 * Call it inside a transaction. @returns the document as the hooks have made it.
 */
export const createWithHooks = async <Slug extends CollectionSlug>(
  req: PayloadRequest,
  args: { collection: Slug; id: string; data: Partial<DataFromCollectionSlug<Slug>>; overrideAccess: boolean },
): Promise<Partial<DataFromCollectionSlug<Slug>> & { id: string }> => {
  const { collection: slug, id, overrideAccess } = args
  const collection = req.payload.collections[slug]
  const { config } = collection
  const { hooks } = config
  const { context } = req
  const common = { collection: config, context, req }
  const operation = 'create' as const

  let { data } = args
  for (const hook of hooks.beforeOperation) {
    const changed = await hook({ ...common, args: { collection, data, req }, operation, overrideAccess: true })
    // Typed as the arguments of any operation; this one has the data that it was given.
    if (changed && 'data' in changed) data = changed.data as typeof data
  }
  const hasAdded = hasAddedFields(config)
  if (hasAdded) await prepareAddedFields({ req, collection: config, data }, { overrideAccess })
  for (const hook of [...hooks.beforeValidate, ...hooks.beforeChange]) {
    data = (await hook({ ...common, data, operation, originalDoc: undefined })) ?? data
  }
  if (hasAdded) await validateAddedFields({ req, collection: config, data })
  const now = new Date().toISOString()
  const stored = { ...data, createdAt: now, updatedAt: now }
  await req.payload.db.create({ collection: slug, customID: id, data: stored, req, returning: false })

  const doc = { ...stored, id }
  if (hasAdded) await followAddedFields({ req, collection: config, data, doc })
  for (const hook of hooks.afterChange) {
    await hook({ ...common, data, doc, operation, overrideAccess: true, previousDoc: {} })
  }
  for (const hook of hooks.afterOperation) {
    await hook({ ...common, args: { collection, data, req }, operation, overrideAccess: true, result: doc })
  }
  return doc
}
