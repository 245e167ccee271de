import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { systemActor } from '#shared/actor'
import { writeRequest } from './change/change-request'
import { isRequestOverdue } from './decide-request-actions'
import { lockRequest } from './request-queries'
import { isOpenRequest } from './request-states'

/** Ends a request that nobody answered in time. Does nothing to one that was answered, or whose deadline was moved. */
export const expireRequest = async (payload: Payload, requestId: string): Promise<void> =>
  withTransaction(payload, async (req) => {
    const request = await lockRequest(req, requestId)
    if (!request || !isOpenRequest(request.status) || !isRequestOverdue(request, Date.now())) return
    await writeRequest(req, {
      id: request.id,
      data: { status: 'expired' },
      actor: systemActor,
      reason: 'nobody answered in time',
    })
  })
