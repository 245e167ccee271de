import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** One reconciliation at a time, and what each has seen at Stripe while it runs. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE UNIQUE INDEX reconciliation_runs_one_running ON reconciliation_runs (status) WHERE (status = 'running');
    CREATE TABLE parley.reconciliation_seen (run_id uuid, object_id text, PRIMARY KEY (run_id, object_id));
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP TABLE parley.reconciliation_seen;
    DROP INDEX reconciliation_runs_one_running;
  `)
}
