import type { PostgresAdapter } from '@payloadcms/db-postgres'
import type { Payload, Where } from 'payload'

/**
 * Where nothing fits a condition on a relation to several collections, Payload's `deleteOne` asks again without the tables between, and fails instead of
 * saying so. Here what fits is looked for first, and deleted by its id.
 */
export const deletingWhatIsThere = <T extends object>(adapterObject: T): T => {
  const original = adapterObject as unknown as { init: (args: { payload: Payload }) => PostgresAdapter }
  const init: typeof original.init = (args) => {
    const adapter = original.init(args)
    const deleteOne = adapter.deleteOne.bind(adapter)
    adapter.deleteOne = async (asked) => {
      if (isById(asked.where)) return deleteOne(asked)
      const { collection, where, req } = asked
      const found = await adapter.findOne<{ id: string }>({ collection, where, ...(req && { req }) })
      return found ? deleteOne({ ...asked, where: { id: { equals: found.id } } }) : (null as never)
    }
    return adapter
  }
  return { ...adapterObject, init }
}

const isById = (where: Where): boolean => Object.keys(where).every((name) => name === 'id')
