import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** What staff decided about work that was stuck: by whom, why, and how things stood. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE TABLE parley.work_decisions (
      id uuid PRIMARY KEY,
      kind text NOT NULL,
      work_id text NOT NULL,
      decision text NOT NULL CHECK (decision IN ('try_again', 'give_up')),
      reason text,
      decided_by uuid REFERENCES users ON DELETE SET NULL,
      decided_by_role text NOT NULL,
      decided_at timestamptz NOT NULL,
      work jsonb NOT NULL,
      CONSTRAINT work_decisions_reason CHECK (decision <> 'give_up' OR length(reason) > 0)
    );
    CREATE INDEX work_decisions_work_idx ON parley.work_decisions (kind, work_id, decided_at DESC);
    CREATE INDEX work_decisions_decided_by_idx ON parley.work_decisions (decided_by);
    CREATE VIEW parley.given_up AS SELECT * FROM (
      SELECT DISTINCT ON (kind, work_id) * FROM parley.work_decisions ORDER BY kind, work_id, decided_at DESC
    ) latest WHERE decision = 'give_up';

    ALTER TABLE parley.meeting_events ADD COLUMN opened_at timestamptz NOT NULL DEFAULT now();
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE parley.meeting_events DROP COLUMN opened_at;
    DROP VIEW parley.given_up;
    DROP TABLE parley.work_decisions;
  `)
}
