import { createIndex, dropIndex, inSteps, transaction } from '../migration-steps'

/**
 * What the search by free time reads: a row for each day of each service instead of one for each slot, and in the directory's own row the first
 * and the last of a consultant's free starts. Derived; filled here from what is published, so that the search knows everybody from the first
 * request on. Everybody is published anew after that, as `publish_again_at` is empty; so is whoever an older release publishes meanwhile, which
 * leaves `days_at` behind `published_at`.
 */
export const up = inSteps([
  transaction(
    'free days',
    `
    CREATE TABLE parley.free_days (
      consultant_id uuid NOT NULL REFERENCES public.consultant_profiles (id) ON DELETE CASCADE,
      day date NOT NULL,
      service_type_id uuid NOT NULL REFERENCES public.service_types (id) ON DELETE CASCADE,
      duration_minutes integer NOT NULL,
      first_start timestamptz NOT NULL,
      last_start timestamptz NOT NULL,
      -- Minutes after midnight in UTC.
      starts smallint[] NOT NULL,
      PRIMARY KEY (consultant_id, day, service_type_id)
    ) WITH (fillfactor = 90);
    ALTER TABLE parley.directory ADD COLUMN next_start timestamptz, ADD COLUMN last_start timestamptz,
      ADD COLUMN days_at timestamptz, ADD COLUMN publish_again_at timestamptz;`,
  ),
  transaction(
    'what is published',
    `
    INSERT INTO parley.free_days (consultant_id, day, service_type_id, duration_minutes, first_start, last_start, starts)
    SELECT consultant_id, (starts_at AT TIME ZONE 'UTC')::date, service_type_id, min(duration_minutes)::int, min(starts_at), max(starts_at),
      array_agg((extract(epoch FROM starts_at)::bigint % 86400 / 60)::smallint ORDER BY starts_at)
    FROM availability_slots
    WHERE status = 'available' AND consultant_id IS NOT NULL AND service_type_id IS NOT NULL AND duration_minutes IS NOT NULL
    GROUP BY 1, 2, 3`,
    { allowed: { 'writes-rows': 'It reads the slots and locks none of them; the days are a table that nobody reads before this release.' } },
  ),
  transaction(
    'first and last starts',
    `
    UPDATE parley.directory d SET next_start = f.first, last_start = f.last
    FROM (SELECT consultant_id, min(first_start) AS first, max(last_start) AS last FROM parley.free_days GROUP BY 1) f
    WHERE f.consultant_id = d.consultant_id`,
    { allowed: { 'writes-rows': 'One small row of each consultant, and the search of this release needs all of them from its first request on.' } },
  ),
  // The order in which their list opens, with what decides between equals, so that a deep page reads the index alone.
  createIndex('scheduled_sessions_list_idx', 'scheduled_sessions', '(starts_at, created_at, id)'),
])

export const down = inSteps([
  dropIndex('scheduled_sessions_list_idx'),
  transaction(
    'free days',
    `ALTER TABLE parley.directory DROP COLUMN next_start, DROP COLUMN last_start, DROP COLUMN days_at, DROP COLUMN publish_again_at;
     DROP TABLE parley.free_days`,
  ),
])
