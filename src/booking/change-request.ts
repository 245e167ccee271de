import type { PayloadRequest } from 'payload'
import type { ConsultationRequest } from '../../payload-types'
import type { Actor } from '../shared/actor'
import { DomainError } from '../shared/errors'
import { actAs, inOwnContext } from './act-as'
import type { Proposal } from './request-offers'
import { lockRequest, type RequestRow } from './request-queries'

/** Locks a request and answers its present state. Call it inside a transaction. */
export const requireLockedRequest = async (req: PayloadRequest, id: string): Promise<RequestRow> => {
  const request = await lockRequest(req, id)
  if (!request) throw new DomainError('not_found', 'There is no such request.')
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
