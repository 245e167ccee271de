import type pg from 'pg'

/**
 * The schema of a database, to be compared with another's: everything but the order in which columns and options were added, and what the run of
 * migrations keeps for itself.
 */
export const readSchema = async (client: pg.Client): Promise<Record<string, Record<string, unknown>[]>> => {
  const all = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows
  return {
    columns: await all(`
      SELECT table_schema, table_name, column_name, udt_name, is_nullable, column_default FROM information_schema.columns
      WHERE table_schema IN ('public', 'parley') AND table_name <> 'migration_steps' ORDER BY 1, 2, 3`),
    constraints: await all(`
      SELECT conrelid::regclass::text AS "table", conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
      WHERE connamespace::regnamespace::text IN ('public', 'parley') AND conname NOT LIKE 'migration_steps%' ORDER BY 1, 2`),
    indexes: await all(`
      SELECT indexname, indexdef FROM pg_indexes
      WHERE schemaname IN ('public', 'parley') AND tablename <> 'migration_steps' ORDER BY 1`),
    options: await all(`
      SELECT typname, array_agg(enumlabel ORDER BY enumlabel)::text FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
      GROUP BY typname ORDER BY typname`),
  }
}
