import type { PayloadRequest } from 'payload'
import { presentRequest } from '../../src/booking/present-request'
import { requireRequest } from '../../src/booking/request-queries'
import type { Actor } from '../../src/shared/actor'

/** A request as one side sees it after what was just done. */
export const viewRequest = async (req: PayloadRequest, requestId: string, actor: Actor) =>
  presentRequest(await requireRequest(req, requestId), { role: actor.role, now: Date.now() })
