import { isDeepStrictEqual } from 'node:util'
import { computeRenamedSchema, type Rename } from './compute-renamed-schema'
import type { SchemaEnum, SchemaSnapshot, SchemaTable } from './schema-snapshot'

type Entries<T = unknown> = Record<string, T>

/**
 * The schema of a database that has all migrations of the present product and those that the extension has so far: the
 * extension's next migration leads from there to what the extended product needs. What the extension had added to,
 * changed in or removed from `productBefore` is put onto `productNow`; where both changed the same, the product wins, as its
 * migrations run without knowing of the extension.
 */
export const computeMigrationBase = ({
  productBefore,
  extendedBefore,
  productNow,
  renames = [],
}: {
  /** The product for which the extension's last migration was made. */
  productBefore: SchemaSnapshot
  /** What the extension's last migration led to. */
  extendedBefore: SchemaSnapshot
  productNow: SchemaSnapshot
  /** What the product's migrations since then renamed: what the extension had added there went along. */
  renames?: Rename[]
}): SchemaSnapshot => {
  const before = computeRenamedSchema(productBefore, renames)
  const extended = computeRenamedSchema(extendedBefore, renames)
  const merge = <T>(part: (schema: SchemaSnapshot) => Entries<T>, one?: Merge<T>): Entries<T> =>
    mergeEntries(part(before), part(extended), part(productNow), one)
  return {
    ...productNow,
    tables: withoutDangling(merge(({ tables }) => tables, mergeTable)),
    enums: merge(({ enums }) => enums, mergeEnum),
    schemas: merge(({ schemas }) => schemas),
    sequences: merge(({ sequences }) => sequences),
    roles: merge(({ roles }) => roles),
    policies: merge(({ policies }) => policies),
    views: merge(({ views }) => views),
  }
}

/** The order of options means nothing here, but drizzle would make a type anew for it: this gives `schema` the order of `like`. */
export const withEnumsInOrderOf = (like: SchemaSnapshot, schema: SchemaSnapshot): SchemaSnapshot => ({
  ...schema,
  enums: Object.fromEntries(
    Object.entries(schema.enums).map(([key, { values, ...rest }]) => {
      const wanted = (like.enums[key]?.values ?? []).filter((value) => values.includes(value))
      return [key, { ...rest, values: [...wanted, ...values.filter((value) => !wanted.includes(value))] }]
    }),
  ),
})

/** Whether two snapshots describe the same schema. */
export const isSameSchema = (one: SchemaSnapshot, other: SchemaSnapshot): boolean =>
  isDeepStrictEqual({ ...one, id: '', prevId: '' }, { ...other, id: '', prevId: '' })

type Merge<T> = (before: T | undefined, extended: T | undefined, now: T | undefined) => T | undefined

const mergeWhole = <T>(before: T | undefined, extended: T | undefined, now: T | undefined): T | undefined => {
  const isOnlyTheExtensions = isDeepStrictEqual(before, now)
  return isOnlyTheExtensions ? extended : now
}

const mergeEntries = <T>(
  before: Entries<T>,
  extended: Entries<T>,
  now: Entries<T>,
  mergeOne: Merge<T> = mergeWhole,
): Entries<T> => {
  const merged: Entries<T> = {}
  for (const key of new Set([...Object.keys(now), ...Object.keys(extended)])) {
    const value = mergeOne(before[key], extended[key], now[key])
    if (value !== undefined) merged[key] = value
  }
  return merged
}

const mergeTable: Merge<SchemaTable> = (before, extended, now) => {
  if (!before || !extended || !now) return mergeWhole(before, extended, now)
  const merge = <T>(part: (table: SchemaTable) => Entries<T>): Entries<T> =>
    mergeEntries(part(before), part(extended), part(now))
  return {
    ...now,
    columns: merge(({ columns }) => columns),
    indexes: merge(({ indexes }) => indexes),
    foreignKeys: merge(({ foreignKeys }) => foreignKeys),
    compositePrimaryKeys: merge(({ compositePrimaryKeys }) => compositePrimaryKeys),
    uniqueConstraints: merge(({ uniqueConstraints }) => uniqueConstraints),
    policies: merge(({ policies }) => policies),
    checkConstraints: merge(({ checkConstraints }) => checkConstraints),
    isRLSEnabled: before.isRLSEnabled === now.isRLSEnabled ? extended.isRLSEnabled : now.isRLSEnabled,
  }
}

/** A migration of the product that only adds options leaves the extension's; any other makes the type anew without them. */
const mergeEnum: Merge<SchemaEnum> = (before, extended, now) => {
  if (!before || !extended || !now) return mergeWhole(before, extended, now)
  if (!isAddedTo(before.values, now.values)) return now
  const isRemoved = (value: string) => before.values.includes(value) && !extended.values.includes(value)
  const kept = now.values.filter((value) => !isRemoved(value))
  const added = extended.values.filter((value) => !before.values.includes(value) && !kept.includes(value))
  return { ...now, values: [...kept, ...added] }
}

/** Whether `values` are `before` in the same order, with more in between. */
const isAddedTo = (before: string[], values: string[]): boolean =>
  isDeepStrictEqual(
    before,
    values.filter((value) => before.includes(value)),
  )

/** PostgreSQL drops an index or constraint with a column or table that it needs. */
const withoutDangling = (tables: Entries<SchemaTable>): Entries<SchemaTable> => {
  const tableOf = (schema: string | undefined, name: string) => tables[`${schema || 'public'}.${name}`]
  const hasAll = (table: SchemaTable | undefined, columns: string[]) =>
    columns.every((column) => table?.columns[column])
  return Object.fromEntries(
    Object.entries(tables).map(([key, table]) => [
      key,
      {
        ...table,
        indexes: filterEntries(table.indexes, ({ columns }) =>
          hasAll(
            table,
            columns.flatMap(({ expression, isExpression }) => (isExpression ? [] : [expression])),
          ),
        ),
        foreignKeys: filterEntries(
          table.foreignKeys,
          ({ columnsFrom, schemaTo, tableTo, columnsTo }) =>
            hasAll(table, columnsFrom) && hasAll(tableOf(schemaTo, tableTo), columnsTo),
        ),
        compositePrimaryKeys: filterEntries(table.compositePrimaryKeys, ({ columns }) => hasAll(table, columns)),
        uniqueConstraints: filterEntries(table.uniqueConstraints, ({ columns }) => hasAll(table, columns)),
      },
    ]),
  )
}

const filterEntries = <T>(entries: Entries<T>, isKept: (value: T) => boolean): Entries<T> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => isKept(value)))
