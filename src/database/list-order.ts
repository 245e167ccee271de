import { Column, getTableName, is, SQL, sql } from '@payloadcms/db-postgres/drizzle'
import type { buildQuery } from '@payloadcms/drizzle'

/**
 * The order of a list, to its end: where records are equal by what was asked for, each stands on one page all the same. Before the id comes
 * what Payload would add itself; the id has the direction of what is before it, so that one index serves them together.
 * @param sort as Payload takes it: names of fields, with a minus for the last first.
 */
export const endWithId = (sort: string | string[] | undefined, isDated: boolean): string[] => {
  const given = [sort ?? []].flat().filter((field) => field !== '')
  const has = (field: string) => given.includes(field) || given.includes(`-${field}`)
  if (has('id')) return given
  const order = isDated && !has('createdAt') ? [...given, '-createdAt'] : given
  const last = order.at(-1) ?? '-'
  return [...order, last.startsWith('-') ? '-id' : 'id']
}

type Query = ReturnType<typeof buildQuery>
type Table = Parameters<typeof getTableName>[0]

const columnsOf = (condition: unknown): Column[] => {
  if (is(condition, Column)) return [condition]
  return is(condition, SQL) ? condition.queryChunks.flatMap(columnsOf) : []
}

/** Whether a statement shows a record several times, as it joins several rows to it: what is joined by its own id is one row. */
export const multiplies = (joins: Query['joins']): boolean =>
  joins.some(({ condition, table }) => {
    const name = getTableName(table)
    return !columnsOf(condition).some((column) => column.primary && getTableName(column.table) === name)
  })

/**
 * What a statement is sorted by.
 * @param grouped the table by whose records a statement is grouped, if it is: a record stands where the first of its rows would.
 */
export const placesOf = (orderBy: Query['orderBy'], grouped?: Table): SQL[] =>
  orderBy.map(({ column, order }) => {
    const isOwn = !grouped || getTableName(column.table) === getTableName(grouped)
    return order(isOwn ? column : sql`(array_agg(${column} ORDER BY ${order(column)}))[1]`)
  })
