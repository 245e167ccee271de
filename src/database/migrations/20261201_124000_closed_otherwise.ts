import { inSteps, transaction } from '../migration-steps'

/** The id right before another: of two schedules with one first day the one with the greater id is heard first. */
const idBefore = `(left(s.id::text, 24) || lpad(to_hex(('x' || right(s.id::text, 12))::bit(48)::bigint - 1), 12, '0'))::uuid`

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map(
  (day) => `weekly_pattern_${day}_enabled`,
)

/**
 * A schedule decides only about the days that it speaks of (ADR 0062). Before, it closed all others of its period as well, and whoever made
 * one may rely on that: it goes on, said by a schedule of its own right behind, in which every weekday is ticked and none has times. Nothing
 * that is closed is opened by the release; whoever wants the other days open deletes that schedule. The release before never hears it.
 */
export const up = inSteps([
  // Not in batches of the worker: before anybody reads by the new rules all of it is there, and what is made by them gets none. There are few schedules.
  transaction(
    'closed_otherwise',
    `WITH closed AS (
      INSERT INTO availability_schedules (id, consultant_id, name, type, is_active, applied_from, applied_to, created_at, updated_at, ${days.join(', ')})
      SELECT ${idBefore}, s.consultant_id, 'Closed otherwise: ' || left(coalesce(s.name, 'Schedule'), 100), 'weekly', s.is_active,
        s.applied_from, s.applied_to, now(), now(), ${days.map(() => 'true').join(', ')}
      FROM availability_schedules s
      WHERE (s.applied_to IS NULL OR s.applied_to > now() - interval '2 days')
        AND (s.type <> 'weekly' OR NOT (${days.map((day) => `coalesce(s.${day}, false)`).join(' OR ')}))
      ON CONFLICT (id) DO NOTHING
      RETURNING consultant_id)
    UPDATE consultant_profiles SET rules_version = coalesce(rules_version, 0) + 1 WHERE id IN (SELECT consultant_id FROM closed)`,
    { allowed: { 'writes-rows': 'One small row of each schedule of those kinds, of which a consultant has a few, and what is bookable would be another until the last is written.' } },
  ),
])

export const down = inSteps([
  transaction(
    'opened_otherwise',
    `DELETE FROM availability_schedules c USING availability_schedules s WHERE c.id = ${idBefore} AND starts_with(c.name, 'Closed otherwise: ')`,
    { allowed: { 'writes-rows': 'Those few rows.' } },
  ),
])
