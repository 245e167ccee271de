import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** What the synchronisation of calendars must never do, refused by PostgreSQL itself, and its own tables. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  // Connections of before: what cannot be opened has to be allowed again, what was ended keeps nothing, and files are read at once.
  await db.execute(sql`
    UPDATE calendar_connections SET connected_at = coalesce(connected_at, created_at);
    UPDATE calendar_connections SET access_token = NULL, refresh_token = NULL, feed_url = NULL,
      status = CASE WHEN status = 'disconnected' THEN status ELSE 'needs_reauth' END
      WHERE status = 'disconnected'
        OR concat_ws(' ', access_token, refresh_token, feed_url) !~ '^([A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*){3}( |$))*$';
    INSERT INTO connected_calendars (id, consultant_id, connection_id, calendar_id, name, time_zone, counts_as_busy, reading)
      SELECT gen_random_uuid(), c.consultant_id, c.id, 'file', c.account_email, p.availability_time_zone, true, 'ics'
      FROM calendar_connections c JOIN consultant_profiles p ON p.id = c.consultant_id
      WHERE c.provider = 'ics' AND c.feed_url IS NOT NULL;`)
  await db.execute(sql`
    ALTER TABLE calendar_connections
      ADD CONSTRAINT calendar_connections_sealed CHECK (
        concat_ws(' ', access_token, refresh_token, feed_url) ~ '^([A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*){3}( |$))*$'),
      ADD CONSTRAINT calendar_connections_ended CHECK (
        status <> 'disconnected' OR (access_token IS NULL AND refresh_token IS NULL AND feed_url IS NULL));
    -- Work at one token, one event and one calendar is taken for so long; it is given back by the clock if its worker dies.
    ALTER TABLE calendar_connections ADD COLUMN refreshing_until timestamptz, ADD COLUMN farewell_token text,
      ADD COLUMN listed_at timestamptz;
    ALTER TABLE connected_calendars ADD COLUMN etag text, ADD COLUMN last_modified text;
    ALTER TABLE calendar_events
      ADD COLUMN conference text CHECK (conference IN ('pending', 'ready', 'failed')),
      ADD COLUMN checked_at timestamptz;
    -- The id of a session's entry in an account: in letters that Google takes, and always the same one for the same entry.
    CREATE FUNCTION parley.calendar_event_id(session uuid, connection uuid, generation numeric) RETURNS text LANGUAGE sql IMMUTABLE
      AS $$ SELECT left(encode(sha256(convert_to(concat_ws('/', 'parley', session, connection, generation), 'UTF8')), 'hex'), 40) $$;
    -- Sessions of a consultant are written to one calendar.
    CREATE UNIQUE INDEX calendar_connections_one_target ON calendar_connections (consultant_id)
      WHERE (provider = 'google' AND calendar_id IS NOT NULL AND status <> 'disconnected');
    ALTER TABLE connected_calendars
      ADD CONSTRAINT connected_calendars_generation CHECK (
        generation >= 0 AND (next_generation IS NULL OR next_generation > generation));
    ALTER TABLE calendar_events
      ADD CONSTRAINT calendar_events_versions CHECK (delivered_version BETWEEN 0 AND desired_version);
    CREATE INDEX calendar_events_behind ON calendar_events (next_attempt_at)
      WHERE (delivered_version < desired_version AND state <> 'abandoned');
    CREATE UNIQUE INDEX calendar_drifts_one_open ON calendar_drifts (calendar_event_id)
      WHERE (status IN ('open', 'proposed') AND kind <> 'conflict');
    CREATE UNIQUE INDEX calendar_drifts_one_conflict ON calendar_drifts (scheduled_session_id)
      WHERE (status IN ('open', 'kept') AND kind = 'conflict');

    -- Consents under way: each opens once, for whoever began it.
    CREATE TABLE parley.oauth_states (
      state_hash text PRIMARY KEY,
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      consultant_id uuid NOT NULL REFERENCES consultant_profiles ON DELETE CASCADE,
      code_verifier text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    );

    -- Where a provider reports changes. Two of one calendar overlap while one takes over from the other.
    CREATE TABLE parley.calendar_channels (
      id uuid PRIMARY KEY,
      connection_id uuid NOT NULL REFERENCES calendar_connections ON DELETE CASCADE,
      calendar_id uuid REFERENCES connected_calendars ON DELETE SET NULL,
      token_hash text NOT NULL,
      resource_id text,
      expires_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX calendar_channels_calendar ON parley.calendar_channels (calendar_id);
    CREATE INDEX calendar_channels_connection ON parley.calendar_channels (connection_id);
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP TABLE parley.calendar_channels, parley.oauth_states;
    DROP FUNCTION parley.calendar_event_id;
    DROP INDEX calendar_drifts_one_conflict, calendar_drifts_one_open, calendar_events_behind, calendar_connections_one_target;
    ALTER TABLE calendar_events DROP CONSTRAINT calendar_events_versions, DROP COLUMN conference, DROP COLUMN checked_at;
    ALTER TABLE connected_calendars DROP COLUMN etag, DROP COLUMN last_modified;
    ALTER TABLE calendar_connections DROP COLUMN refreshing_until, DROP COLUMN farewell_token, DROP COLUMN listed_at;
    ALTER TABLE connected_calendars DROP CONSTRAINT connected_calendars_generation;
    ALTER TABLE calendar_connections DROP CONSTRAINT calendar_connections_sealed, DROP CONSTRAINT calendar_connections_ended;
  `)
}
