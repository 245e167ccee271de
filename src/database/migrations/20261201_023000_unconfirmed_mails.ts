import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** Which messages went to addresses that nobody has confirmed, by a digest of the inbox. The table holds those of a few days. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE TABLE parley.unconfirmed_mails (
      notification_id uuid PRIMARY KEY,
      inbox text COLLATE "C" NOT NULL,
      counted_at timestamptz NOT NULL
    );
    CREATE INDEX unconfirmed_mails_inbox_idx ON parley.unconfirmed_mails (inbox, counted_at);
    CREATE INDEX unconfirmed_mails_counted_at_idx ON parley.unconfirmed_mails (counted_at)`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`DROP TABLE parley.unconfirmed_mails`)
}
