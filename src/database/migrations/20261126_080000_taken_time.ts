import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * What is taken of a consultant's time, planned once a connection. As part of a larger statement PostgreSQL planned it anew with each
 * request as soon as it had statistics of the tables, because it then expects a little less work of a plan for these very values,
 * which costs more than to run it (decision 0025).
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE FUNCTION parley.taken_time(
      consultant uuid, taken_from timestamptz, taken_until timestamptz, moment timestamptz, own_hold text, own_claim uuid,
      OUT claims json, OUT busy json, OUT is_closed boolean)
    LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
    BEGIN
      -- Whole numbers in an array: json_build_array and numeric take three times as long for a week of a full calendar.
      -- IS TRUE keeps the calendars a list that is read once: as a join they are looked up anew for each busy time.
      SELECT
        coalesce((SELECT array_to_json(array_agg(ARRAY[(date_part('epoch', s.occupied_from) * 1000)::bigint,
            (date_part('epoch', s.occupied_until) * 1000)::bigint]))
          FROM availability_slots s
          WHERE s.consultant_id = consultant AND s.status IN ('held', 'booked', 'blocked')
            AND tstzrange(s.occupied_from, s.occupied_until, '[)') && tstzrange(taken_from, taken_until, '[)')
            AND NOT (s.status = 'held' AND s.scheduled_session_id IS NULL
              AND (s.hold_expires_at <= moment OR s.hold_token_hash = own_hold))
            AND s.id IS DISTINCT FROM own_claim), '[]'),
        coalesce((SELECT array_to_json(array_agg(ARRAY[(date_part('epoch', b.starts_at) * 1000)::bigint,
            (date_part('epoch', b.ends_at) * 1000)::bigint]))
          FROM busy_times b
          WHERE b.consultant_id = consultant AND tstzrange(b.starts_at, b.ends_at, '[)') && tstzrange(taken_from, taken_until, '[)')
            AND ((b.calendar_id, b.generation) IN (
              SELECT k.id, k.generation FROM connected_calendars k WHERE k.consultant_id = consultant AND k.counts_as_busy)) IS TRUE), '[]'),
        EXISTS (SELECT FROM calendar_connections c
          LEFT JOIN connected_calendars k ON k.connection_id = c.id
          WHERE c.consultant_id = consultant AND c.status <> 'disconnected' AND (k.id IS NULL
            OR (k.counts_as_busy AND (k.generation = 0 OR (k.stale_since < now() - interval '24 hours'
              AND NOT coalesce((SELECT bookable_while_stale FROM booking_settings LIMIT 1), true))))))
      INTO claims, busy, is_closed;
    END $$;`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`DROP FUNCTION parley.taken_time`)
}
