import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { DomainError } from '#shared/errors'
import { findPayer, listSavedCards, type SavedCardRow } from './saved-card-queries'
import { ProviderError } from '../stripe/provider-error'
import { readCards, setDefaultCard } from '../stripe/stripe-customers'
import { detachIfThere, syncSavedCards } from './sync-saved-cards'

type Own = { customerId: string; cardId: string }

const noSuchCard = () => new DomainError('not_found', 'There is no such card.')

/** The card of a customer, and the customer at Stripe. @throws DomainError `not_found`: of another customer as well. */
const findOwnCard = async (
  payload: Payload,
  { customerId, cardId }: Own,
): Promise<{ card: SavedCardRow; stripeCustomerId: string }> => {
  const req = await localRequest(payload)
  const payer = await findPayer(req, customerId)
  const card = (await listSavedCards(req, customerId)).find(({ id }) => id === cardId)
  if (!payer?.stripeCustomerId || !card) throw noSuchCard()
  return { card, stripeCustomerId: payer.stripeCustomerId }
}

/**
 * Takes a saved card away, with every copy of it, or it would come back. Who takes the default away has none.
 * @throws DomainError `not_found`; ProviderError when Stripe cannot be asked.
 */
export const removeSavedCard = async (payload: Payload, own: Own): Promise<void> => {
  const { card, stripeCustomerId } = await findOwnCard(payload, own)
  const stored = (await readCards(stripeCustomerId))?.cards ?? []
  const fingerprint = stored.find(({ id }) => id === card.paymentMethodId)?.fingerprint ?? null
  const copies = stored.filter((one) => fingerprint !== null && one.fingerprint === fingerprint).map(({ id }) => id)
  // The one that was asked for goes last: if something breaks in between, it can be asked for again.
  for (const id of new Set([...copies.filter((id) => id !== card.paymentMethodId), card.paymentMethodId])) {
    await detachIfThere(id)
  }
  await syncSavedCards(payload, own.customerId)
}

/** @throws DomainError `not_found`, also when the card went meanwhile; ProviderError when Stripe cannot be asked. */
export const chooseDefaultCard = async (payload: Payload, own: Own): Promise<void> => {
  const { card, stripeCustomerId } = await findOwnCard(payload, own)
  try {
    await setDefaultCard({ stripeCustomerId, paymentMethodId: card.paymentMethodId })
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'resource_missing') throw error
    await syncSavedCards(payload, own.customerId)
    throw noSuchCard()
  }
  await syncSavedCards(payload, own.customerId)
}
