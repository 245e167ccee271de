import type { PayloadRequest } from 'payload'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { lockRequestToAct, writeRequest } from './change/change-request'
import { requireOffer } from './request-offers'

/**
 * Gives a request to a consultant (slug or id), who is asked for times. Times that another one has proposed are withdrawn.
 * @throws DomainError `not_found` when they do not offer the service type, `illegal_transition`.
 */
export const assignRequest = async (
  req: PayloadRequest,
  args: { requestId: string; consultant: string; actor: Actor },
): Promise<void> => {
  const request = await lockRequestToAct(req, { ...args, action: 'assign' })
  const offer = await requireOffer(
    req,
    { consultant: args.consultant, serviceType: request.serviceTypeId },
    { path: 'consultant', now: Date.now() },
  )
  if (offer.consultantId === request.consultantId) {
    throw new DomainError('illegal_transition', 'The request is given to this consultant already.')
  }
  await writeRequest(req, {
    id: request.id,
    data: { assignedConsultant: offer.consultantId, status: 'pending' },
    actor: args.actor,
  })
}
