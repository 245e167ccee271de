import { AsyncLocalStorage } from 'node:async_hooks'
import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { count, type SQL, sql } from '@payloadcms/db-postgres/drizzle'
import { buildQuery } from '@payloadcms/drizzle'
import type { DatabaseAdapter, Payload, PayloadRequest } from 'payload'

/** So many records of a list are counted; where there are more, their number is estimated. */
export const countedRecords = 10_000

/** From here on the records of a page are found by a statement that reads nothing but their order. */
const deepOffset = 1_000

/**
 * Keeps lists of millions of records fast. Payload counts every record that fits with each page, and finds a page by reading all
 * before it. Here a list counts up to {@link countedRecords} records; of more, PostgreSQL's own estimate is told, in two digits, and the answer has
 * `totalDocsIsEstimate: true`. `hasNextPage` and `nextPage` are exact on every page. `payload.count` goes on counting.
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
    const find = adapter.find.bind(adapter)
    adapter.find = ((question: FindArgs) => findBounded(adapter, find, question)) as typeof adapter.find
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

/** Whether a statement shows a record several times, as it joins several rows to it. */
export const multiplies = (joins: Joins): boolean => joins.some(({ isOneToMany }) => isOneToMany)

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

const findBounded = async (adapter: PostgresAdapter, find: DatabaseAdapter['find'], args: FindArgs): Promise<Found> => {
  const { limit = 0, page = 1, pagination } = args
  if (limit === 0 || pagination === false) return find(args)
  const list: List = { isEstimate: false }
  const offset = (page - 1) * limit
  const isDeep = offset >= deepOffset || offset + limit > countedRecords
  const found = await lists.run(list, () => (isDeep ? findDeep(adapter, find, args) : find(args)))
  const marked: Found & { totalDocsIsEstimate: true } = { ...found, totalDocsIsEstimate: true }
  return list.isEstimate ? marked : found
}

const findDeep = async (adapter: PostgresAdapter, find: DatabaseAdapter['find'], args: FindArgs): Promise<Found> => {
  const { collection, limit = 0, page = 1, where = {}, locale, req, sort } = args
  const config = adapter.payload.collections[collection]?.config
  const tableName = collection.replaceAll('-', '_')
  const {
    joins,
    orderBy,
    where: condition,
  } = buildQuery({
    adapter: adapter as unknown as Parameters<typeof buildQuery>[0]['adapter'],
    fields: config?.flattenedFields ?? [],
    tableName,
    ...(locale === undefined ? {} : { locale }),
    ...((sort ?? config?.defaultSort) ? { sort: sort ?? config?.defaultSort } : {}),
    where,
  })
  if (multiplies(joins)) return find(args)
  const db = await connectionOfList(adapter, req)
  const query: ListStatement = { tableName, joins, where: condition }
  const id = adapter.tables[tableName]?.id
  const offset = (page - 1) * limit
  const rows = await selectFrom(db, adapter, { id }, query)
    .orderBy(...withIdLast(orderBy, id).map(({ column, order }) => order(column)))
    .limit(limit + 1)
    .offset(offset)
  const ids = rows.slice(0, limit).map((row) => String(row.id))
  const { docs } = ids.length
    ? await find({ ...args, where: { id: { in: ids } }, limit: 0, page: 1, pagination: false })
    : { docs: [] }
  const inOrder = (docs as { id: string }[]).sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
  return { docs: inOrder, ...(await describePage(adapter, { db, query, limit, page, read: rows.length })) }
}

type Order = ReturnType<typeof buildQuery>['orderBy']

/** Where records are equal by their order, each stands on one page all the same. Indexes of lists have the id last. */
const withIdLast = (orderBy: Order, id: unknown): Order => {
  const last = orderBy.at(-1)
  return last ? [...orderBy, { ...last, column: id as typeof last.column }] : orderBy
}

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
  const hasPrevPage = page > 1
  return {
    totalDocs,
    totalPages: Math.ceil(totalDocs / limit),
    limit,
    page,
    pagingCounter: offset + 1,
    hasNextPage,
    hasPrevPage,
    nextPage: hasNextPage ? page + 1 : null,
    prevPage: hasPrevPage ? page - 1 : null,
    ...(list.isEstimate ? { totalDocsIsEstimate: true } : {}),
  }
}
