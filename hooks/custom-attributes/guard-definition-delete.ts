import type { CollectionBeforeDeleteHook } from 'payload'
import { countAttributeValues } from '#attributes/attribute-queries'
import { DomainError } from '#shared/errors'

/**
 * A definition whose values are still there stays: nobody could read or remove them afterwards.
 * @throws DomainError `conflict` with how many records have one.
 */
export const guardDefinitionDelete: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const definition = await req.payload.findByID({
    collection: 'custom-attributes',
    id,
    depth: 0,
    disableErrors: true,
    req,
  })
  if (!definition) return
  const count = await countAttributeValues(req, definition)
  if (count === 0) return
  throw new DomainError(
    'conflict',
    `It cannot be deleted: ${count} records have a value. Switch it off, which hides them, or empty them first.`,
  )
}
