import type { PayloadRequest } from 'payload'
import type { ConsultationRequest } from '#payload-types'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { actAs, inOwnContext } from '#access/act-as'
import { decideRequestAction, type RequestAction } from '../decide-request-actions'
import { askedOfRequest } from '../present-request'
import type { Proposal } from '../request-offers'
import { lockRequest, type RequestRow } from '../request-queries'

/**
 * Locks a request with which the actor may do this now, and answers it. Call it inside a transaction.
 * @throws DomainError `not_found`; what `actions` does not list for them: `forbidden`, `illegal_transition`.
 */
export const lockRequestToAct = async (
  req: PayloadRequest,
  args: { requestId: string; action: RequestAction; actor: Actor },
): Promise<RequestRow> => {
  const request = await lockRequest(req, args.requestId)
  if (!request) throw new DomainError('not_found', 'There is no such request.')
  const refusal = decideRequestAction(args.action, askedOfRequest(request, { role: args.actor.role, now: Date.now() }))
  if (refusal) throw refusal
  return request
}

type RequestEdit = Partial<Pick<ConsultationRequest, 'status' | 'assignedConsultant' | 'scheduledSession'>> & {
  proposedTimes?: Proposal[]
}

/**
 * Writes a request through the gate in the name of `actor`, with all that follows. Call it inside a transaction.
 * @throws DomainError as the gate refuses.
 */
export const writeRequest = async (
  req: PayloadRequest,
  args: { id: string; data: RequestEdit; actor: Actor; reason?: string | undefined },
): Promise<void> => {
  await req.payload.update({
    collection: 'consultation-requests',
    id: args.id,
    data: args.data,
    depth: 0,
    select: { status: true },
    context: actAs(args.actor, args.reason),
    req: inOwnContext(req),
  })
}
