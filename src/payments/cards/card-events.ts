import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { findPayerByCard, findPayerByStripeId } from './saved-card-queries'
import { findCardOwner, findSetupOwner } from '../stripe/stripe-customers'
import { syncSavedCards } from './sync-saved-cards'
import type { EventFacts, EventHandlers, EventOutcome } from '../stripe-events/event-handler'

/** Reads the cards of a customer at Stripe anew, if it is one of ours. */
export const followStripeCustomer = async (
  payload: Payload,
  stripeCustomerId: string | null,
): Promise<EventOutcome> => {
  const payer =
    stripeCustomerId === null ? undefined : await findPayerByStripeId(await localRequest(payload), stripeCustomerId)
  if (!payer) return 'ignored'
  await syncSavedCards(payload, payer.customerId)
  return 'processed'
}

const followCustomer = (payload: Payload, { objectId }: EventFacts): Promise<EventOutcome> =>
  followStripeCustomer(payload, objectId)

const followSetup = async (payload: Payload, { objectId }: EventFacts): Promise<EventOutcome> =>
  followStripeCustomer(payload, await findSetupOwner(objectId))

/** Whose the card is now, and whose it was: one that was taken away belongs to nobody. */
const followCard = async (payload: Payload, { objectId }: EventFacts): Promise<EventOutcome> => {
  const [before, now] = [
    await findPayerByCard(await localRequest(payload), objectId),
    (await findCardOwner(objectId))?.stripeCustomerId ?? null,
  ]
  const outcome = await followStripeCustomer(payload, now)
  if (!before || before.stripeCustomerId === now) return outcome
  await syncSavedCards(payload, before.customerId)
  return 'processed'
}

export const cardEvents = {
  'setup_intent.succeeded': followSetup,
  'payment_method.attached': followCard,
  'payment_method.detached': followCard,
  'payment_method.updated': followCard,
  'payment_method.automatically_updated': followCard,
  'customer.updated': followCustomer,
  'customer.deleted': followCustomer,
} satisfies EventHandlers
