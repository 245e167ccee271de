import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    ALTER TYPE "public"."enum_connected_calendars_reading" RENAME VALUE 'ics' TO 'whole';
    -- A file has no calendar that sessions could be written to.
    UPDATE calendar_connections SET calendar_id = NULL WHERE provider = 'ics' AND calendar_id IS NOT NULL;
    -- Sessions of a consultant are written to one calendar, whose ever it is.
    DROP INDEX calendar_connections_one_target;
    CREATE UNIQUE INDEX calendar_connections_one_target ON calendar_connections (consultant_id)
      WHERE (calendar_id IS NOT NULL AND status <> 'disconnected');`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP INDEX calendar_connections_one_target;
    CREATE UNIQUE INDEX calendar_connections_one_target ON calendar_connections (consultant_id)
      WHERE (provider = 'google' AND calendar_id IS NOT NULL AND status <> 'disconnected');
    ALTER TYPE "public"."enum_connected_calendars_reading" RENAME VALUE 'whole' TO 'ics';`)
}
