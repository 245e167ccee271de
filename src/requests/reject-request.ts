import type { PayloadRequest } from 'payload'
import type { Actor } from '#shared/actor'
import { lockRequestToAct, writeRequest } from './change/change-request'

/**
 * The consultant or operations say no to a request; the requester is told the reason.
 * @throws DomainError `illegal_transition`.
 */
export const rejectRequest = async (
  req: PayloadRequest,
  args: { requestId: string; actor: Actor; reason: string },
): Promise<void> => {
  const request = await lockRequestToAct(req, { ...args, action: 'reject' })
  await writeRequest(req, { id: request.id, data: { status: 'rejected' }, actor: args.actor, reason: args.reason })
}
