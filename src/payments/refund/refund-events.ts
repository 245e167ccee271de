import type { Payload } from 'payload'
import { followStripeRefund } from './record-dashboard-refund'
import { retrieveRefund } from '../stripe/refund-payment'
import type { EventFacts, EventHandlers, EventOutcome } from '../stripe-events/event-handler'

const followRefund = async (payload: Payload, { objectId }: EventFacts): Promise<EventOutcome> =>
  followStripeRefund(payload, await retrieveRefund(objectId))

export const refundEvents = {
  'refund.created': followRefund,
  'refund.updated': followRefund,
  'refund.failed': followRefund,
  'charge.refund.updated': followRefund,
} satisfies EventHandlers
