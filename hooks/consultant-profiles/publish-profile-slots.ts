import { sql } from '@payloadcms/db-postgres'
import type { CollectionAfterChangeHook } from 'payload'
import { refreshDirectory } from '#directory/directory-queries'
import { txDb } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'

/**
 * Free time is published anew after each change of a profile. What is hidden disappears at once and not when the worker
 * comes by; what the directory is searched by follows at once, too.
 */
export const publishProfileSlots: CollectionAfterChangeHook = async ({ doc, req }) => {
  const id = String(doc.id)
  const db = await txDb(req)
  await db.execute(sql`
    DELETE FROM availability_slots s USING consultant_profiles c
    WHERE s.consultant_id = ${id} AND s.status = 'available' AND c.id = s.consultant_id
      AND NOT (c._status = 'published' AND c.is_public AND c.availability_is_available)`)
  await refreshDirectory(req, [id])
  await enqueue(req, { task: 'publish-slots', payload: { consultantId: id }, key: `publish-slots:${id}` })
  return doc
}
