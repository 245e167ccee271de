import type { PayloadRequest } from 'payload'
import { presentRequest } from '#requests/present-request'
import { requireRequest } from '#requests/request-queries'
import type { Actor } from '#shared/actor'

/** A request as one side sees it after what was just done. */
export const viewRequest = async (req: PayloadRequest, requestId: string, actor: Actor) =>
  presentRequest(await requireRequest(req, requestId), { role: actor.role, now: Date.now() })
