type Entries<T = unknown> = Record<string, T>

export type SchemaTable = {
  name: string
  /** Empty for `public`. */
  schema: string
  columns: Entries<{ name: string }>
  indexes: Entries<{ columns: { expression: string; isExpression: boolean }[] }>
  foreignKeys: Entries<{
    tableFrom: string
    columnsFrom: string[]
    tableTo: string
    schemaTo?: string
    columnsTo: string[]
  }>
  compositePrimaryKeys: Entries<{ columns: string[] }>
  uniqueConstraints: Entries<{ columns: string[] }>
  policies: Entries
  checkConstraints: Entries
  isRLSEnabled: boolean
}

export type SchemaEnum = { name: string; schema: string; values: string[] }

/** What drizzle knows of a schema; the same form as in the `.json` beside a migration. Keys are `schema.name`. */
export type SchemaSnapshot = {
  version: string
  id: string
  prevId: string
  tables: Entries<SchemaTable>
  enums: Entries<SchemaEnum>
  schemas: Entries
  sequences: Entries
  roles: Entries
  policies: Entries
  views: Entries
}
