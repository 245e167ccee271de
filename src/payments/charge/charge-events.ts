import type { Payload } from 'payload'
import { recordStripeFee } from './record-stripe-fee'
import { followStripeRefund } from '../refund/record-dashboard-refund'
import { retrieveCharge } from '../stripe/charges'
import { listRefundsOfCharge } from '../stripe/refund-payment'
import type { EventFacts, EventHandlers, EventOutcome } from '../stripe-events/event-handler'

/** The event names the charge alone, so every refund of it is looked at. */
const followRefunds = async (payload: Payload, { objectId }: EventFacts): Promise<EventOutcome> => {
  const outcomes: EventOutcome[] = []
  // The oldest first, as they happened.
  for (const truth of (await listRefundsOfCharge(objectId)).reverse()) {
    outcomes.push(await followStripeRefund(payload, truth))
  }
  return outcomes.includes('processed') ? 'processed' : 'ignored'
}

/** Of a bank debit Stripe says what it keeps only when the money has arrived. */
const followFee = async (payload: Payload, { objectId }: EventFacts): Promise<EventOutcome> =>
  (await recordStripeFee(payload, await retrieveCharge(objectId))) ? 'processed' : 'ignored'

export const chargeEvents = {
  'charge.refunded': followRefunds,
  'charge.succeeded': followFee,
  'charge.captured': followFee,
  'charge.updated': followFee,
} satisfies EventHandlers
