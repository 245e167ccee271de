import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** Rooms that a provider has to make, and what providers report of them. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE TABLE parley.meeting_rooms (
      session_id uuid PRIMARY KEY REFERENCES scheduled_sessions ON DELETE CASCADE,
      provider text NOT NULL,
      desired_version int NOT NULL DEFAULT 1,
      delivered_version int NOT NULL DEFAULT 0,
      meeting_id text,
      host_id text,
      host_user text,
      tries int NOT NULL DEFAULT 0,
      last_error text,
      claimed_until timestamptz NOT NULL DEFAULT '-infinity',
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT meeting_rooms_versions CHECK (delivered_version <= desired_version)
    );
    CREATE UNIQUE INDEX meeting_rooms_meeting_key ON parley.meeting_rooms (provider, meeting_id) WHERE meeting_id IS NOT NULL;
    CREATE INDEX meeting_rooms_unsettled_idx ON parley.meeting_rooms (updated_at) WHERE delivered_version < desired_version;

    CREATE TABLE parley.meeting_events (
      id uuid PRIMARY KEY,
      provider text NOT NULL,
      event_key text NOT NULL,
      type text NOT NULL,
      payload jsonb NOT NULL,
      status text NOT NULL DEFAULT 'received' CHECK (status IN ('received', 'processed', 'ignored', 'failed')),
      attempts int NOT NULL DEFAULT 0,
      error text,
      received_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (provider, event_key)
    );
    CREATE INDEX meeting_events_received_idx ON parley.meeting_events (received_at);
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`DROP TABLE parley.meeting_events; DROP TABLE parley.meeting_rooms;`)
}
