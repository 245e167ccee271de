import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { deleteInBatches } from './delete-in-batches'

/** Removes what says that somebody edits a record: it holds for five minutes, and whoever closes the browser leaves it behind. */
export const deleteOldLocks = (payload: Payload): Promise<number> =>
  deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM payload_locked_documents WHERE id IN (
        SELECT id FROM payload_locked_documents WHERE updated_at < now() - interval '1 day' LIMIT ${limit})`,
  )
