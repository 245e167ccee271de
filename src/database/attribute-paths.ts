import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { sql } from '@payloadcms/db-postgres/drizzle'
import { buildQuery } from '@payloadcms/drizzle'
import type { DatabaseAdapter, Payload } from 'payload'
import { connectionOfList, describePage, type ListStatement, selectFrom } from './bounded-lists'
import { multiplies } from './list-order'

/**
 * Custom attributes lie in one JSON column, by key. What Payload makes of a path into JSON names the column without its table, takes few
 * letters beyond English ones, knows no order, and heeds the first operator of a path alone; by such a path it sorts by the whole column. So
 * these paths are turned into SQL here: `where` and `sort` arrive with values of the right type (`guard-attribute-query`).
 */
export const queriesOfAttributes = <T extends object>(adapterObject: T): T => {
  const original = adapterObject as unknown as { init: (args: { payload: Payload }) => PostgresAdapter }
  const init: typeof original.init = (args) => {
    const adapter = original.init(args)
    const standardQuery = adapter.createJSONQuery
    adapter.createJSONQuery = (query) => attributeCondition(query) ?? standardQuery(query)
    const standardFind = adapter.find.bind(adapter)
    adapter.find = ((find: FindArgs) =>
      isSortedByAttribute(find) ? findSorted(adapter, standardFind, find) : standardFind(find)) as typeof adapter.find
    return adapter
  }
  return { ...adapterObject, init }
}

type JsonQuery = Parameters<PostgresAdapter['createJSONQuery']>[0]
type FindArgs = Parameters<DatabaseAdapter['find']>[0]

/** Nothing of it can be read as SQL, whatever it says: it holds hexadecimal digits alone. */
const literal = (text: string): string =>
  `convert_from('\\x${Buffer.from(text, 'utf8').toString('hex')}'::bytea, 'UTF8')`
const jsonLiteral = (value: unknown): string => `${literal(JSON.stringify(value))}::jsonb`
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A column of drizzle, as far as it concerns us; of an alias it knows the alias. */
type Column = { name: string; table: Parameters<typeof sql>[1] }
const isColumn = (column: unknown): column is Column =>
  typeof column === 'object' && column !== null && 'table' in column && 'name' in column
const tableNameOf = ({ table }: Column): string => {
  const symbol = Object.getOwnPropertySymbols(Object(table)).find(({ description }) => description === 'drizzle:Name')
  return String(symbol && Reflect.get(Object(table), symbol))
}

const columnNames = ['attributes', 'version_attributes']

const comparisons = { greater_than: '>', greater_than_equal: '>=', less_than: '<', less_than_equal: '<=' } as const
const isComparison = (operator: string): operator is keyof typeof comparisons => Object.hasOwn(comparisons, operator)

/** The condition of a path into attributes; undefined for every other JSON column. Decides by the type of the value. */
const attributeCondition = ({ column, operator, pathSegments, value }: JsonQuery): string | undefined => {
  const named: unknown = column
  const [, key, ...deeper] = pathSegments
  if (!isColumn(named) || !columnNames.includes(named.name) || key === undefined || deeper.length) return undefined
  const all = `${quoted(tableNameOf(named))}.${quoted(named.name)}`
  const one = `(${all} -> ${literal(key)})`
  // Of several choices each is one; both forms are served by an index.
  const has = (scalar: unknown) =>
    `(${all} @> ${jsonLiteral({ [key]: scalar })} OR ${all} @> ${jsonLiteral({ [key]: [scalar] })})`
  const hasAny = (values: unknown) => `(${(Array.isArray(values) ? values : [values]).map(has).join(' OR ')})`
  const like = (part: string) => `(${one} #>> '{}') ILIKE ${literal(`%${part.replace(/[\\%_]/g, String.raw`\$&`)}%`)}`
  if (isComparison(operator)) {
    const bound = jsonLiteral(value)
    return `(jsonb_typeof(${one}) = jsonb_typeof(${bound}) AND ${one} ${comparisons[operator]} ${bound})`
  }
  switch (operator) {
    case 'equals':
    case 'in':
      return hasAny(value)
    case 'not_equals':
    case 'not_in':
      return `(${hasAny(value)} IS NOT TRUE)`
    case 'exists':
      return `(${one} IS ${value === false ? 'NULL' : 'NOT NULL'})`
    case 'contains':
      return `(CASE WHEN jsonb_typeof(${one}) = 'array' THEN ${has(value)} ELSE ${like(String(value))} END)`
    case 'like':
      return `(${String(value).split(' ').map(like).join(' AND ')})`
    default:
      throw new Error(`There is no ${operator} of an attribute.`)
  }
}

const sortPath = /^(-?)attributes\.([a-zA-Z0-9_]+)$/

const readSort = ({ sort }: FindArgs): RegExpExecArray | null => {
  const [first, ...more] = Array.isArray(sort) ? sort : [sort ?? '']
  return first === undefined || more.length ? null : sortPath.exec(first)
}

const isSortedByAttribute = (args: FindArgs): boolean => readSort(args) !== null

type Sorting = { id: unknown; attributes: unknown; createdAt: unknown }

/**
 * Payload's own search finds which records there are, one statement which of them are on the page, and in which order: those without a value
 * come last.
 */
const findSorted = async (
  adapter: PostgresAdapter,
  find: DatabaseAdapter['find'],
  args: FindArgs,
): Promise<Awaited<ReturnType<DatabaseAdapter['find']>>> => {
  const [, minus, key = ''] = readSort(args) ?? []
  const { limit = 0, page = 1, pagination, req } = args
  const { flattenedFields } = adapter.payload.collections[args.collection]?.config ?? { flattenedFields: [] }
  const tableName = args.collection.replaceAll('-', '_')
  const table = adapter.tables[tableName] as unknown as Sorting
  const { joins, where } = buildQuery({
    adapter: adapter as unknown as Parameters<typeof buildQuery>[0]['adapter'],
    fields: flattenedFields,
    tableName,
    ...(args.locale === undefined ? {} : { locale: args.locale }),
    where: args.where ?? {},
  })
  const db = await connectionOfList(adapter, req)
  const list: ListStatement = { tableName, joins, where }
  let query = selectFrom(db, adapter, { id: table.id }, list)
  if (multiplies(joins)) query = query.groupBy(table.id)
  const value = sql`${table.attributes} -> ${key}`
  // Texts in the order of people and not of their codes; JSON orders numbers, and yes after no.
  const text = sql`CASE WHEN jsonb_typeof(${value}) = 'string' THEN lower(${table.attributes} ->> ${key}) END`
  const direction = sql.raw(minus ? 'DESC NULLS LAST' : 'ASC NULLS LAST')
  query = query.orderBy(
    sql`${text} ${direction}`,
    sql`${value} ${direction}`,
    sql`${table.createdAt} DESC`,
    sql`${table.id} DESC`,
  )
  const isPaged = limit > 0
  const rows = await (isPaged ? query.limit(limit + 1).offset((page - 1) * limit) : query)
  const ids = (isPaged ? rows.slice(0, limit) : rows).map(({ id }) => String(id))
  const found = await find({
    ...args,
    sort: '-createdAt',
    where: { id: { in: ids } },
    limit: 0,
    page: 1,
    pagination: false,
  })
  const docs = (found.docs as { id: string }[]).sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
  if (isPaged && pagination !== false) {
    return { docs, ...(await describePage(adapter, { db, query: list, limit, page, read: rows.length })) }
  }
  return {
    docs,
    totalDocs: docs.length,
    totalPages: 1,
    limit,
    page,
    pagingCounter: (page - 1) * limit + 1,
    hasNextPage: false,
    hasPrevPage: false,
    nextPage: null,
    prevPage: null,
  }
}
