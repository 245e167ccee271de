import type { CollectionAfterChangeHook } from 'payload'
import type { ConsultationRequest } from '#payload-types'
import { relatedId } from '#access/related-id'
import { actorOf, actorOnRecord } from '#access/act-as'
import { followNewRequest, followRequestChange, type RequestFacts } from '#requests/change/follow-request-change'

const factsOf = (request: Partial<ConsultationRequest>): RequestFacts => ({
  reference: request.reference ?? '',
  status: request.status ?? 'pending',
  consultantId: relatedId(request.assignedConsultant),
  expiresAt: request.expiresAt ? Date.parse(request.expiresAt) : null,
  changes: request.statusHistory?.length ?? 0,
})

/** What follows a change that the gate let pass. `doc` is only what the caller may see of it, so `data` is read instead. */
export const followRequestAfterWrite: CollectionAfterChangeHook<ConsultationRequest> = async ({
  data,
  doc,
  operation,
  previousDoc,
  req,
}) => {
  const after = factsOf(data)
  if (operation === 'create') {
    await followNewRequest(req, doc.id, { after, actor: actorOf(req) })
    return
  }
  const actor = await actorOnRecord(req, {
    consultant: previousDoc.assignedConsultant,
    customer: previousDoc.requester,
  })
  const reason = data.statusHistory?.at(-1)?.reason ?? undefined
  await followRequestChange(req, doc.id, { before: factsOf(previousDoc), after, actor, reason })
}
