import type { PayloadRequest } from 'payload'
import type { Actor } from '../shared/actor'
import { requireLockedRequest, writeRequest } from './change-request'

/**
 * The consultant or operations say no to a request; the requester is told the reason.
 * @throws DomainError `illegal_transition`.
 */
export const rejectRequest = async (
  req: PayloadRequest,
  args: { requestId: string; actor: Actor; reason: string },
): Promise<void> => {
  const request = await requireLockedRequest(req, args.requestId)
  await writeRequest(req, { id: request.id, data: { status: 'rejected' }, actor: args.actor, reason: args.reason })
}
