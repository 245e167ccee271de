import type { SchemaSnapshot, SchemaTable } from './schema-snapshot'

/** A table of `public` that is called `to` now, or the column of one. */
export type Rename = { table: string; column?: string; to: string }

/** What a migration renames when it runs, in the form in which drizzle writes it. */
export const readRenames = (migration: string): Rename[] => {
  const [up = ''] = migration.split('export async function down')
  return [...up.matchAll(/ALTER TABLE (?:"public"\.)?"(\w+)" RENAME (?:COLUMN "(\w+)" )?TO "(\w+)"/g)].map(
    ([, table = '', column, to = '']) => (column ? { table, column, to } : { table, to }),
  )
}

/** The schema after these renames, one after the other. */
export const computeRenamedSchema = (schema: SchemaSnapshot, renames: Rename[]): SchemaSnapshot =>
  renames.reduce(
    (before, rename) => (rename.column ? renameColumn(before, rename) : renameTable(before, rename)),
    schema,
  )

const mapTables = (schema: SchemaSnapshot, map: (table: SchemaTable) => SchemaTable): SchemaSnapshot => ({
  ...schema,
  tables: Object.fromEntries(
    Object.values(schema.tables).map((table) => {
      const mapped = map(table)
      return [`${mapped.schema || 'public'}.${mapped.name}`, mapped]
    }),
  ),
})

const mapValues = <T>(entries: Record<string, T>, map: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, map(value)]))

const renameTable = (schema: SchemaSnapshot, { table: from, to }: Rename): SchemaSnapshot => {
  const named = (name: string) => (name === from ? to : name)
  return mapTables(schema, (table) => ({
    ...table,
    name: named(table.name),
    foreignKeys: mapValues(table.foreignKeys, (key) => ({
      ...key,
      tableFrom: named(key.tableFrom),
      tableTo: named(key.tableTo),
    })),
  }))
}

const renameColumn = (schema: SchemaSnapshot, { table: of, column: from, to }: Rename): SchemaSnapshot => {
  const named = (name: string) => (name === from ? to : name)
  const rename = <T extends { columns: string[] }>(entries: Record<string, T>) =>
    mapValues(entries, (entry) => ({ ...entry, columns: entry.columns.map(named) }))
  return mapTables(schema, (table) => {
    const foreignKeys = mapValues(table.foreignKeys, (key) => ({
      ...key,
      columnsFrom: key.tableFrom === of ? key.columnsFrom.map(named) : key.columnsFrom,
      columnsTo: key.tableTo === of ? key.columnsTo.map(named) : key.columnsTo,
    }))
    if (table.name !== of) return { ...table, foreignKeys }
    return {
      ...table,
      columns: Object.fromEntries(
        Object.values(table.columns).map((column) => [named(column.name), { ...column, name: named(column.name) }]),
      ),
      indexes: mapValues(table.indexes, (index) => ({
        ...index,
        columns: index.columns.map((part) => ({ ...part, expression: named(part.expression) })),
      })),
      foreignKeys,
      compositePrimaryKeys: rename(table.compositePrimaryKeys),
      uniqueConstraints: rename(table.uniqueConstraints),
    }
  })
}
