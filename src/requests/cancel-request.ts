import type { PayloadRequest } from 'payload'
import type { Actor } from '#shared/actor'
import { lockRequestToAct, writeRequest } from './change/change-request'

/**
 * The requester gives a request up, or operations do for them.
 * @throws DomainError `illegal_transition`.
 */
export const cancelRequest = async (
  req: PayloadRequest,
  args: { requestId: string; actor: Actor; reason?: string | undefined },
): Promise<void> => {
  const request = await lockRequestToAct(req, { ...args, action: 'cancel' })
  await writeRequest(req, { id: request.id, data: { status: 'cancelled' }, actor: args.actor, reason: args.reason })
}
