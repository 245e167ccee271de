import type { CollectionAfterChangeHook } from 'payload'
import type { ScheduledSession } from '#payload-types'
import { actorOnRecord } from '#access/act-as'
import { followSessionMoney } from '#checkout/follow-session-money'
import { followSessionRequest } from '#requests/follow-session-request'
import { announceSessionChange } from '#sessions/announce-session'
import { followSessionChange, followSessionMove } from '#sessions/change/follow-session-change'
import { completeNewSession } from '#sessions/create/complete-new-session'

/** What follows a session in the features that build on it. */
const consequences = [followSessionMoney, followSessionRequest]

/** What follows a session that the gate let pass: a new one, one in another state, one that was moved. */
export const followSessionAfterWrite: CollectionAfterChangeHook<ScheduledSession> = async ({
  doc,
  operation,
  previousDoc,
  req,
}) => {
  if (operation === 'create') {
    await completeNewSession(req, doc)
    return
  }
  const actor = await actorOnRecord(req, previousDoc)
  if (doc.status !== previousDoc.status) {
    await followSessionChange(req, {
      sessionId: doc.id,
      from: previousDoc.status,
      actor,
      now: Date.now(),
      consequences,
    })
  } else if (Date.parse(doc.startsAt) !== Date.parse(previousDoc.startsAt)) {
    const { reason } = req.context
    await followSessionMove(req, {
      sessionId: doc.id,
      previous: { startsAt: Date.parse(previousDoc.startsAt), endsAt: Date.parse(previousDoc.endsAt) },
      actor,
      reason: typeof reason === 'string' ? reason : undefined,
    })
  }
  await announceSessionChange(req, doc, previousDoc)
}
