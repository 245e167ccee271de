import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * A claim and its session name each other, so one of them is written before the other exists. Checked at COMMIT, the claim can be
 * written once instead of being updated in all its indexes a moment later.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE availability_slots ALTER CONSTRAINT availability_slots_scheduled_session_id_scheduled_sessions_id_fk
      DEFERRABLE INITIALLY DEFERRED;
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE availability_slots ALTER CONSTRAINT availability_slots_scheduled_session_id_scheduled_sessions_id_fk
      NOT DEFERRABLE;
  `)
}
