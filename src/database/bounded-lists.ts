import { AsyncLocalStorage } from 'node:async_hooks'
import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { count, type SQL, sql } from '@payloadcms/db-postgres/drizzle'
import { buildQuery } from '@payloadcms/drizzle'
import {
  buildVersionCollectionFields,
  combineQueries,
  type DatabaseAdapter,
  type FlattenedField,
  type Payload,
  type PayloadRequest,
  type Where,
} from 'payload'
import { endWithId, multiplies, placesOf } from './list-order'

/** So many records of a list are counted; where there are more, their number is estimated. */
export const countedRecords = 10_000

/** From here on the records of a page are found by a statement that reads nothing but their order. */
const deepOffset = 1_000

/**
 * Keeps lists of millions of records fast. Payload counts every record that fits with each page, and finds a page by reading all
 * before it. Here a list counts up to {@link countedRecords} records; of more, PostgreSQL's own estimate is told, in two digits, and the answer has
 * `totalDocsIsEstimate: true`. `hasNextPage` and `nextPage` are exact on every page. `payload.count` goes on counting.
 *
 * Each list, of records, drafts or versions, ends its order with the id, so that its pages have every record once.
 */
export const boundedLists = <T extends object>(adapterObject: T): T => {
  const original = adapterObject as unknown as { init: (args: { payload: Payload }) => PostgresAdapter }
  const init: typeof original.init = (args) => {
    const adapter = original.init(args)
    const countAll = adapter.countDistinct.bind(adapter)
    adapter.countDistinct = (question) => {
      const list = lists.getStore()
      return list ? countBounded(adapter, list, question) : countAll(question)
    }
    adapter.find = bounded(adapter, sourceOfRecords, adapter.find.bind(adapter)) as typeof adapter.find
    adapter.queryDrafts = bounded(
      adapter,
      sourceOfDrafts,
      adapter.queryDrafts.bind(adapter),
    ) as typeof adapter.queryDrafts
    adapter.findVersions = bounded(
      adapter,
      sourceOfVersions,
      adapter.findVersions.bind(adapter),
    ) as typeof adapter.findVersions
    return adapter
  }
  return { ...adapterObject, init }
}

/** What is found out of the list that is being read. */
type List = { isEstimate: boolean }
const lists = new AsyncLocalStorage<List>()

type CountArgs = Parameters<PostgresAdapter['countDistinct']>[0]
type FindArgs = Parameters<DatabaseAdapter['find']>[0]
type Found = Awaited<ReturnType<DatabaseAdapter['find']>>
type Joins = ReturnType<typeof buildQuery>['joins']

/** Drizzle's query, as far as it concerns us. */
type Select = Promise<Record<string, unknown>[]> & {
  where: (condition: SQL) => Select
  groupBy: (column: unknown) => Select
  orderBy: (...order: SQL[]) => Select
  limit: (count: number) => Select
  offset: (count: number) => Select
  as: (alias: string) => unknown
  getSQL: () => SQL
} & Record<string, (table: unknown, condition: unknown) => Select>

export type ListConnection = {
  select: (columns: object) => { from: (table: unknown) => Select & { $dynamic: () => Select } }
  execute: (query: SQL) => Promise<{ rows: Record<string, unknown>[] }>
}

export const connectionOfList = async (
  adapter: PostgresAdapter,
  req: Partial<PayloadRequest> | undefined,
): Promise<ListConnection> => {
  const id = await req?.transactionID
  const session = id === undefined ? undefined : adapter.sessions?.[String(id)]
  return (session?.db ?? adapter.drizzle) as unknown as ListConnection
}

export type ListStatement = { tableName: string; joins: Joins; where: SQL | undefined }

export const selectFrom = (
  db: ListConnection,
  adapter: PostgresAdapter,
  columns: object,
  { tableName, joins, where }: ListStatement,
): Select => {
  let query = db.select(columns).from(adapter.tables[tableName]).$dynamic()
  for (const { type, condition, table } of joins) query = query[type ?? 'leftJoin']?.(table, condition) ?? query
  return where ? query.where(where) : query
}

const countBounded = async (
  adapter: PostgresAdapter,
  list: List,
  question: Omit<CountArgs, 'where'> & { where: unknown },
): Promise<number> => {
  const db = question.db as unknown as ListConnection
  const { tableName, joins } = question
  const where = question.where as SQL | undefined
  const columns = { id: adapter.tables[tableName]?.id }
  let query = selectFrom(db, adapter, columns, { tableName, joins, where })
  if (multiplies(joins)) query = query.groupBy(columns.id)
  const [counted] = await db.select({ count: count() }).from(query.limit(countedRecords + 1).as('counted'))
  const exact = Number(counted?.count ?? 0)
  if (exact <= countedRecords) return exact
  list.isEstimate = true
  return Math.max(exact, await estimate(db, selectFrom(db, adapter, columns, { tableName, joins, where })))
}

/** How many rows PostgreSQL expects, in two digits: more would say that somebody has counted. */
const estimate = async (db: ListConnection, query: Select): Promise<number> => {
  const { rows } = await db.execute(sql`EXPLAIN (FORMAT JSON) ${query}`)
  const [plan] = rows[0]?.['QUERY PLAN'] as [{ Plan: { 'Plan Rows': number } }]
  return Number(plan.Plan['Plan Rows'].toPrecision(2))
}

/** What a list is a list of. */
type Source = {
  tableName: string
  fields: FlattenedField[]
  sort?: string | string[] | undefined
  where?: Where
  /** What its documents have as id. */
  key: 'id' | 'parent'
}

const sourceOfRecords = (adapter: PostgresAdapter, slug: FindArgs['collection']): Source => {
  const config = adapter.payload.collections[slug]?.config
  return {
    tableName: slug.replaceAll('-', '_'),
    fields: config?.flattenedFields ?? [],
    sort: config?.defaultSort,
    key: 'id',
  }
}

const sourceOfVersions = (adapter: PostgresAdapter, slug: FindArgs['collection']): Source => {
  const { config } = adapter.payload
  const collection = adapter.payload.collections[slug]?.config
  return {
    tableName: `_${slug.replaceAll('-', '_')}${adapter.versionsSuffix ?? '_v'}`,
    fields: collection ? buildVersionCollectionFields(config, collection, true) : [],
    sort: collection?.defaultSort,
    key: 'id',
  }
}

const sourceOfDrafts = (adapter: PostgresAdapter, slug: FindArgs['collection']): Source => ({
  ...sourceOfVersions(adapter, slug),
  sort: undefined,
  where: { latest: { equals: true } },
  key: 'parent',
})

type Question = Pick<FindArgs, 'collection' | 'limit' | 'locale' | 'page' | 'pagination' | 'req' | 'sort' | 'where'>
type Find<Args> = (args: Args) => Promise<Found>

/** A way of reading lists, with an order that tells every two records apart on all pages. */
const bounded =
  <Args extends Question>(
    adapter: PostgresAdapter,
    sourceOf: (adapter: PostgresAdapter, slug: FindArgs['collection']) => Source,
    find: Find<Args>,
  ): Find<Args> =>
  async (args) => {
    const source = sourceOf(adapter, args.collection)
    const isDated = adapter.tables[source.tableName]?.createdAt !== undefined
    return findBounded(adapter, source, find, { ...args, sort: endWithId(args.sort ?? source.sort, isDated) })
  }

const findBounded = async <Args extends Question>(
  adapter: PostgresAdapter,
  source: Source,
  find: Find<Args>,
  args: Args,
): Promise<Found> => {
  const { limit = 0, page = 1, pagination } = args
  if (limit === 0) return find(args)
  const query = statementOf(adapter, source, args)
  const offset = (page - 1) * limit
  const isDeep = pagination !== false && (offset >= deepOffset || offset + limit > countedRecords)
  if (isDeep || query.joins.length) return findByIds(adapter, source, find, { args, query, limit, page })
  const list: List = { isEstimate: false }
  const found = await lists.run(list, () => find(args))
  const marked: Found & { totalDocsIsEstimate: true } = { ...found, totalDocsIsEstimate: true }
  return list.isEstimate ? marked : found
}

type OrderedStatement = ListStatement & { orderBy: ReturnType<typeof buildQuery>['orderBy'] }

const statementOf = (adapter: PostgresAdapter, source: Source, { locale, sort, where }: Question): OrderedStatement => {
  const { tableName, fields } = source
  const query = buildQuery({
    adapter: adapter as unknown as Parameters<typeof buildQuery>[0]['adapter'],
    fields,
    tableName,
    ...(locale === undefined ? {} : { locale }),
    ...(sort === undefined ? {} : { sort: [sort].flat() }),
    where: source.where ? combineQueries(source.where, where ?? {}) : (where ?? {}),
  })
  return { tableName, joins: query.joins, where: query.where, orderBy: query.orderBy }
}

/**
 * One statement finds which records are on the page, another reads them. A list that joins other tables is read so on all of its pages:
 * what Payload does for it says of a page past the end that there are no records, and may show one on two pages.
 */
const findByIds = async <Args extends Question>(
  adapter: PostgresAdapter,
  source: Source,
  find: Find<Args>,
  { args, query, limit, page }: { args: Args; query: OrderedStatement; limit: number; page: number },
): Promise<Found> => {
  const db = await connectionOfList(adapter, args.req)
  const table = adapter.tables[query.tableName]
  const isGrouped = multiplies(query.joins)
  const selected = selectFrom(db, adapter, { id: table?.id, key: table?.[source.key] }, query)
  const rows = await (isGrouped ? selected.groupBy(table?.id) : selected)
    .orderBy(...placesOf(query.orderBy, isGrouped ? table : undefined))
    .limit(limit + 1)
    .offset((page - 1) * limit)
  const shown = rows.slice(0, limit)
  const { docs } = shown.length
    ? await find({
        ...args,
        where: { id: { in: shown.map(({ id }) => String(id)) } },
        limit: 0,
        page: 1,
        pagination: false,
      })
    : { docs: [] }
  const places = new Map(shown.map(({ key }, place) => [String(key), place]))
  const placeOf = ({ id }: { id: string }) => places.get(id) ?? 0
  const inOrder = (docs as { id: string }[]).sort((one, other) => placeOf(one) - placeOf(other))
  if (args.pagination === false) return { docs: inOrder, ...onlyPage(inOrder.length, limit, page) }
  return { docs: inOrder, ...(await describePage(adapter, { db, query, limit, page, read: rows.length })) }
}

/** What a list says that was not asked for its pages. */
const onlyPage = (totalDocs: number, limit: number, page: number): Omit<Found, 'docs'> => ({
  totalDocs,
  totalPages: 1,
  limit,
  page,
  pagingCounter: 1,
  hasNextPage: false,
  hasPrevPage: false,
  nextPage: null,
  prevPage: null,
})

/**
 * What a list says of one of its pages beside the records.
 * @param read how many records from the page's first one on were found, of at most one more than it has.
 */
export const describePage = async (
  adapter: PostgresAdapter,
  {
    db,
    query,
    limit,
    page,
    read,
  }: { db: ListConnection; query: ListStatement; limit: number; page: number; read: number },
): Promise<Omit<Found, 'docs'> & { totalDocsIsEstimate?: true }> => {
  const offset = (page - 1) * limit
  const hasNextPage = read > limit
  const isLast = !hasNextPage && read > 0
  const list: List = { isEstimate: false }
  const counted = isLast
    ? offset + read
    : await countBounded(adapter, list, { db: db as unknown as CountArgs['db'], ...query })
  // An estimate is never less than what is known.
  const totalDocs = Math.max(counted, hasNextPage ? offset + limit + 1 : 0)
  // As Payload has it: an empty list is one empty page.
  const hasPrevPage = page > 1 && totalDocs > 0
  return {
    totalDocs,
    totalPages: Math.max(1, Math.ceil(totalDocs / limit)),
    limit,
    page,
    pagingCounter: totalDocs > 0 ? offset + 1 : 1,
    hasNextPage,
    hasPrevPage,
    nextPage: hasNextPage ? page + 1 : null,
    prevPage: hasPrevPage ? page - 1 : null,
    ...(list.isEstimate ? { totalDocsIsEstimate: true } : {}),
  }
}
