import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { enqueue } from '#outbox/enqueue'
import { decideSavedCards } from './decide-saved-cards'
import { findPayer, forgetStripeCustomer, lockPayer, storeSavedCards } from './saved-card-queries'
import { storeNewestReading } from '../stripe-events/store-newest-reading'
import { ProviderError } from '../stripe/provider-error'
import { detachCard, readCards, setDefaultCard } from '../stripe/stripe-customers'

/**
 * Reads the cards of a customer at Stripe and stores them, each once; copies are taken away by a job. May run any number of
 * times, at once and in any order. A customer who was deleted there is forgotten here, with all cards.
 * @throws ProviderError when Stripe cannot be asked.
 */
export const syncSavedCards = async (payload: Payload, customerId: string): Promise<void> => {
  await storeNewestReading(payload, {
    find: async (req) => {
      const payer = await findPayer(req, customerId)
      return payer?.stripeCustomerId ? { ...payer, stripeCustomerId: payer.stripeCustomerId } : undefined
    },
    lock: (req) => lockPayer(req, customerId),
    read: async ({ stripeCustomerId }) => ({ stripeCustomerId, truth: await readCards(stripeCustomerId) }),
    store: async (req, row, { stripeCustomerId, truth }) => {
      if (row.stripeCustomerId !== stripeCustomerId) return
      if (!truth) return forgetStripeCustomer(req, customerId)
      const { cards, superseded } = decideSavedCards(truth.cards, truth.defaultId)
      await storeSavedCards(req, customerId, cards)
      if (!superseded.length) return
      await enqueue(req, { task: 'tidy-saved-cards', errand: { customerId }, key: `tidy-saved-cards:${customerId}` })
    },
  })
}

/** Whether Stripe said for good that there is nothing to take away: somebody else did it. */
const isDone = (error: unknown): boolean => error instanceof ProviderError && error.definitive

/** Takes a card away; one that is away already is as good. @throws ProviderError when it is not known what became of it. */
export const detachIfThere = async (paymentMethodId: string): Promise<void> => {
  try {
    await detachCard(paymentMethodId)
  } catch (error) {
    if (!isDone(error)) throw error
  }
}

/**
 * Takes earlier copies of cards away at Stripe, so that its own pages offer each card once. Looks at what is there now, so it
 * may run any number of times; the default passes to the copy that stays before the other one goes.
 * @throws ProviderError when Stripe cannot be asked; the job comes again.
 */
export const tidySavedCards = async (payload: Payload, customerId: string): Promise<void> => {
  const payer = await findPayer(await localRequest(payload), customerId)
  const truth = payer?.stripeCustomerId ? await readCards(payer.stripeCustomerId) : undefined
  if (!payer?.stripeCustomerId || !truth) return
  const { cards, superseded } = decideSavedCards(truth.cards, truth.defaultId)
  if (!superseded.length) return
  const kept = cards.find(({ isDefault }) => isDefault)
  if (kept && kept.id !== truth.defaultId) {
    await setDefaultCard({ stripeCustomerId: payer.stripeCustomerId, paymentMethodId: kept.id })
  }
  for (const id of superseded) await detachIfThere(id)
  await syncSavedCards(payload, customerId)
}
