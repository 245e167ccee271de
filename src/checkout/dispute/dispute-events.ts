import type { Payload } from 'payload'
import type { EventFacts, EventHandlers, EventOutcome } from '#payments/stripe-events/event-handler'
import { followDispute } from './follow-dispute'

const follow = async (payload: Payload, { objectId }: EventFacts): Promise<EventOutcome> =>
  (await followDispute(payload, objectId)) ? 'processed' : 'ignored'

export const disputeEvents = {
  'charge.dispute.created': follow,
  'charge.dispute.updated': follow,
  'charge.dispute.funds_withdrawn': follow,
  'charge.dispute.funds_reinstated': follow,
  'charge.dispute.closed': follow,
} satisfies EventHandlers
