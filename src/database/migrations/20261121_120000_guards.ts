import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** What must never happen, refused by PostgreSQL itself, and the tables of our own that Payload does not model. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE SCHEMA IF NOT EXISTS parley;

    CREATE TABLE parley.idempotency_keys (
      id text PRIMARY KEY,
      fingerprint text NOT NULL,
      answer text,
      subject text,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX idempotency_keys_created_at_idx ON parley.idempotency_keys (created_at);

    CREATE TABLE parley.facts (key text PRIMARY KEY, value jsonb NOT NULL, updated_at timestamptz NOT NULL DEFAULT now());

    -- Claims: two of one consultant never overlap, buffers included, whatever the service and the path.
    ALTER TABLE availability_slots
      ADD CONSTRAINT availability_slots_order CHECK (ends_at > starts_at),
      ADD CONSTRAINT availability_slots_occupied CHECK (occupied_from <= starts_at AND occupied_until >= ends_at),
      ADD CONSTRAINT availability_slots_claim_complete
        CHECK (status NOT IN ('held', 'booked', 'blocked') OR (occupied_from IS NOT NULL AND occupied_until IS NOT NULL)),
      ADD CONSTRAINT availability_slots_hold_deadline CHECK (status <> 'held' OR hold_expires_at IS NOT NULL),
      ADD CONSTRAINT availability_slots_no_overlap
        EXCLUDE USING gist (consultant_id WITH =, tstzrange(occupied_from, occupied_until, '[)') WITH &&)
        WHERE (status IN ('held', 'booked', 'blocked'));
    CREATE UNIQUE INDEX availability_slots_published_key
      ON availability_slots (consultant_id, service_type_id, starts_at, duration_minutes) WHERE (status = 'available');
    CREATE INDEX availability_slots_free_idx
      ON availability_slots (consultant_id, starts_at, ends_at) WHERE (status = 'available');
    CREATE INDEX availability_slots_free_time_idx
      ON availability_slots (starts_at, ends_at, consultant_id) WHERE (status = 'available');
    CREATE UNIQUE INDEX availability_slots_hold_token_key
      ON availability_slots (hold_token_hash) WHERE (hold_token_hash IS NOT NULL);
    CREATE INDEX busy_times_range_idx
      ON busy_times USING gist (consultant_id, tstzrange(starts_at, ends_at, '[)'));
    ALTER TABLE busy_times ADD CONSTRAINT busy_times_order CHECK (ends_at > starts_at);

    ALTER TABLE scheduled_sessions
      ADD CONSTRAINT scheduled_sessions_order CHECK (ends_at > starts_at),
      ADD CONSTRAINT scheduled_sessions_duration
        CHECK (ends_at - starts_at = duration_minutes * interval '1 minute'),
      ADD CONSTRAINT scheduled_sessions_split CHECK (
        price_amount >= 0 AND price_platform_fee_amount >= 0 AND price_consultant_payout_amount >= 0
        AND price_platform_fee_amount + price_consultant_payout_amount = price_amount);

    ALTER TABLE payments
      ADD CONSTRAINT payments_split CHECK (
        amount > 0 AND platform_fee_amount >= 0 AND consultant_payout_amount >= 0
        AND platform_fee_amount + consultant_payout_amount = amount);
    ALTER TABLE refunds ADD CONSTRAINT refunds_amount CHECK (amount > 0);
    ALTER TABLE reviews
      ADD CONSTRAINT reviews_rating CHECK (rating BETWEEN 1 AND 5),
      ADD CONSTRAINT reviews_nps CHECK (nps_score IS NULL OR nps_score BETWEEN 0 AND 10);

    CREATE FUNCTION parley.refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% are never deleted', tg_table_name USING ERRCODE = '23514';
    END $$;
    CREATE FUNCTION parley.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% are append-only', tg_table_name USING ERRCODE = '23514';
    END $$;
    CREATE TRIGGER payments_keep BEFORE DELETE ON payments FOR EACH ROW EXECUTE FUNCTION parley.refuse_delete();
    CREATE TRIGGER refunds_keep BEFORE DELETE ON refunds FOR EACH ROW EXECUTE FUNCTION parley.refuse_delete();
    CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON ledger_entries
      FOR EACH ROW EXECUTE FUNCTION parley.refuse_change();
    CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON ledger_entries
      FOR EACH STATEMENT EXECUTE FUNCTION parley.refuse_change();
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP TRIGGER payments_keep ON payments;
    DROP TRIGGER refunds_keep ON refunds;
    DROP TRIGGER ledger_entries_append_only ON ledger_entries;
    DROP TRIGGER ledger_entries_no_truncate ON ledger_entries;
    DROP SCHEMA parley CASCADE;
    ALTER TABLE reviews DROP CONSTRAINT reviews_rating, DROP CONSTRAINT reviews_nps;
    ALTER TABLE refunds DROP CONSTRAINT refunds_amount;
    ALTER TABLE payments DROP CONSTRAINT payments_split;
    ALTER TABLE scheduled_sessions DROP CONSTRAINT scheduled_sessions_order,
      DROP CONSTRAINT scheduled_sessions_duration, DROP CONSTRAINT scheduled_sessions_split;
    ALTER TABLE busy_times DROP CONSTRAINT busy_times_order;
    DROP INDEX busy_times_range_idx, availability_slots_published_key, availability_slots_free_idx,
      availability_slots_free_time_idx, availability_slots_hold_token_key;
    ALTER TABLE availability_slots DROP CONSTRAINT availability_slots_order,
      DROP CONSTRAINT availability_slots_occupied, DROP CONSTRAINT availability_slots_claim_complete,
      DROP CONSTRAINT availability_slots_hold_deadline, DROP CONSTRAINT availability_slots_no_overlap;
  `)
}
