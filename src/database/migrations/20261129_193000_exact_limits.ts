import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** The calls of a provider's window, each with the moment at which it makes room for another one. The table holds few rows, and none for long. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`ALTER TABLE parley.provider_limits ADD COLUMN rooms timestamptz[]`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`ALTER TABLE parley.provider_limits DROP COLUMN rooms`)
}
