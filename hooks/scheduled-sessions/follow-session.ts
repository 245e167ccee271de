import type { CollectionAfterChangeHook } from 'payload'
import type { ScheduledSession } from '#payload-types'
import { actorOnRecord } from '#access/act-as'
import { followNewSession, followSessionChange, followSessionMove } from '#sessions/change/follow-session-change'

/**
 * What follows a change that the gate let pass. `doc` is only what the caller may see of it, so what was written is taken from
 * `data`, and what stood there from `previousDoc`.
 */
export const followSession: CollectionAfterChangeHook<ScheduledSession> = async ({
  data,
  doc,
  operation,
  previousDoc,
  req,
}) => {
  const now = Date.now()
  if (operation === 'create') {
    await followNewSession(req, doc.id, now)
    return
  }
  const actor = await actorOnRecord(req, previousDoc)
  if (data.status !== undefined && data.status !== previousDoc.status) {
    await followSessionChange(req, { sessionId: doc.id, from: previousDoc.status, actor, now })
  } else if (data.startsAt !== undefined && Date.parse(data.startsAt) !== Date.parse(previousDoc.startsAt)) {
    const { reason } = req.context
    await followSessionMove(req, {
      sessionId: doc.id,
      previous: { startsAt: Date.parse(previousDoc.startsAt), endsAt: Date.parse(previousDoc.endsAt) },
      actor,
      reason: typeof reason === 'string' ? reason : undefined,
    })
  }
}
