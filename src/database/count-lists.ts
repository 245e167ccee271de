import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { sql } from '@payloadcms/db-postgres/drizzle'
import { buildQuery } from '@payloadcms/drizzle'
import { type CollectionSlug, combineQueries, type PayloadRequest, type Where } from 'payload'
import { connectionOfList, selectFrom } from './bounded-lists'
import { multiplies } from './list-order'

/** A list of records, as an address of the admin or of the API has it. */
export type RecordList = { collection: CollectionSlug; where: Where }

/**
 * How many records lists have, of those that the caller may read, in their order and in one statement. The conditions are the lists' own, so a
 * number and the list behind it cannot differ.
 * @param most nobody counts further: so many, or more.
 */
export const countLists = async (
  req: PayloadRequest,
  lists: readonly RecordList[],
  { most }: { most: number },
): Promise<number[]> => {
  const adapter = req.payload.db as unknown as PostgresAdapter
  const db = await connectionOfList(adapter, req)
  const granted = await Promise.all(
    lists.map(async ({ collection }) => req.payload.collections[collection].config.access.read({ req })),
  )
  const branches = lists.flatMap(({ collection, where }, place) => {
    const grant = granted[place]
    if (!grant) return []
    const tableName = collection.replaceAll('-', '_')
    const query = buildQuery({
      adapter: adapter as unknown as Parameters<typeof buildQuery>[0]['adapter'],
      fields: req.payload.collections[collection].config.flattenedFields,
      tableName,
      where: grant === true ? where : combineQueries(where, grant),
    })
    const { id } = adapter.tables[tableName] ?? {}
    const list = { tableName, joins: query.joins, where: query.where }
    const found = selectFrom(db, adapter, { id }, list)
    const once = (multiplies(query.joins) ? found.groupBy(id) : found).limit(most)
    return [sql`SELECT ${place}::int AS place, count(*)::int AS count FROM (${once.getSQL()}) list`]
  })
  const counts = lists.map(() => 0)
  if (!branches.length) return counts
  const { rows } = await db.execute(sql.join(branches, sql` UNION ALL `))
  for (const { place, count } of rows) counts[Number(place)] = Number(count)
  return counts
}
