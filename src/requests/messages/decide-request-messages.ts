import type { RequestRow } from '../request-queries'
import type { RequestState } from '../request-states'
import type { RequestEvent } from '../request-events'
import { snapshotRequest } from '#notifications/render/compose-snapshots'
import type { PlannedMessage } from '#notifications/record-message'

export type RequestFacts = {
  request: RequestRow
  /** The state before the change. */
  from: RequestState | null
  reason: string | null
  /** The consultant was asked with the request itself, so that the requester needs no second message at once. */
  isNew: boolean
}

const snapshotOf = (request: RequestRow) =>
  snapshotRequest({
    ...request,
    problemDescription: request.problemDescription ?? '',
    proposedTimes: request.proposedTimes.map(({ start }) => start),
  })

const whenAssigned = ({ request, isNew }: RequestFacts): PlannedMessage[] => {
  if (request.status !== 'pending' || request.consultantId === null) return []
  const data = { request: snapshotOf(request) }
  // Whoever is asked again later has a new deadline.
  const occasion = String(request.expiresAt)
  return [
    { kind: 'availability_request', audience: 'consultant', data, occasion },
    ...(isNew ? [] : [{ kind: 'request_assigned' as const, audience: 'customer' as const, data, occasion }]),
  ]
}

const whenClosed = ({ request, from, reason }: RequestFacts): PlannedMessage[] => {
  const snapshot = snapshotOf(request)
  switch (request.status) {
    case 'rejected': {
      const told = reason ?? request.rejectionReason
      return [{ kind: 'request_rejected', audience: 'customer', data: { request: snapshot, reason: told } }]
    }
    case 'expired':
      return [{ kind: 'request_expired', audience: 'customer', data: { request: snapshot } }]
    case 'cancelled': {
      // It ended with its session, and of that both are told.
      if (from === 'scheduled') return []
      const sides = request.consultantId === null ? (['customer'] as const) : (['customer', 'consultant'] as const)
      return sides.map((audience) => ({
        kind: 'request_cancelled',
        audience,
        data: { request: snapshot, reason },
      }))
    }
    case 'pending':
    case 'pending_assignment':
    case 'pending_confirmation':
    case 'scheduled':
    case 'completed':
      return []
  }
}

/**
 * Whom to tell what after something happened to a request, given how it stands now: what is no longer so is not said. Of the
 * session that comes of it, the session's own messages speak. Pure.
 */
export const decideRequestMessages = (event: RequestEvent, facts: RequestFacts): PlannedMessage[] => {
  const { request } = facts
  switch (event) {
    case 'created':
      return (['customer', 'operations'] as const).map((audience) => ({
        kind: 'request_received',
        audience,
        data: { request: snapshotOf(request) },
      }))
    case 'assigned':
      return whenAssigned(facts)
    case 'proposed':
      return request.status === 'pending_confirmation'
        ? [
            {
              kind: 'request_proposed',
              audience: 'customer',
              data: { request: snapshotOf(request) },
              occasion: String(request.expiresAt),
            },
          ]
        : []
    case 'closed':
      return whenClosed(facts)
    case 'scheduled':
      return []
  }
}
