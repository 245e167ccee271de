import { sql } from '@payloadcms/db-postgres'
import { isLeftToJob } from '#outbox/lost-work-queries'
import type { Overdue } from '#outbox/task'

/**
 * Whose published time is older than their rules, or than a change of their claims in the last hours. What calendars changed is published by
 * the next reading that changes something; older things, and those, by the daily run.
 */
export const directoryOverdue: readonly Overdue[] = [
  {
    task: 'publish-slots',
    select: sql`
      SELECT found.id FROM (
        SELECT d.consultant_id AS id FROM parley.directory d JOIN consultant_profiles c ON c.id = d.consultant_id
        WHERE d.published_rules_version IS DISTINCT FROM coalesce(c.rules_version, 0) AND c.updated_at < now() - interval '2 minutes'
        UNION
        SELECT s.consultant_id FROM availability_slots s JOIN parley.directory d ON d.consultant_id = s.consultant_id
        WHERE s.status <> 'available' AND s.updated_at BETWEEN now() - interval '3 hours' AND now() - interval '2 minutes'
          AND (d.published_at IS NULL OR s.updated_at > d.published_at)
          -- Only confirmed: it takes what it took before.
          AND NOT (s.status = 'booked' AND s.booked_at = s.updated_at AND s.created_at < s.booked_at)
      ) found
      WHERE NOT ${isLeftToJob(sql`'publish-slots:' || found.id`)}`,
    payload: (consultantId) => ({ consultantId }),
  },
  {
    // One job for all of them, as it walks through them.
    task: 'publish-wished-slots',
    select: sql`
      SELECT 'wishes' AS id FROM parley.publication_wishes
      WHERE wished_at < now() - interval '5 minutes' AND NOT ${isLeftToJob(sql`'publish-wished-slots'`)} LIMIT 1`,
    payload: () => ({}),
  },
]
