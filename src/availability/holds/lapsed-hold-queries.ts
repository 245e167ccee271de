import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { deleteInBatches } from '#database/delete-in-batches'
import { sqlStates } from '#database/state-lists'
import type { KeptDays } from '#shared/retention'
import { lapsedHolds } from '../slot-states'

/** Removes times that were held or taken once and given back long ago, unless a session says that it was there. */
export const deleteLapsedHolds = (payload: Payload, { lapsedHoldsDays }: KeptDays): Promise<number> =>
  deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM availability_slots WHERE id IN (
        SELECT a.id FROM availability_slots a
        WHERE a.status <> 'available' AND a.status IN ${sqlStates(lapsedHolds)}
          AND a.updated_at < now() - ${lapsedHoldsDays} * interval '1 day'
          AND NOT EXISTS (SELECT FROM scheduled_sessions s WHERE s.slot_id = a.id)
          AND NOT EXISTS (SELECT FROM scheduled_sessions_reschedule_history h WHERE h.from_slot_id = a.id)
          AND NOT EXISTS (SELECT FROM scheduled_sessions_reschedule_history h WHERE h.to_slot_id = a.id)
        ORDER BY a.updated_at LIMIT ${limit})`,
  )
