import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { ownCustomerId } from '#access/own-records'
import { chooseDefaultCard, removeSavedCard } from '#payments/cards/change-saved-cards'
import { openCardSetup } from '#payments/cards/open-card-setup'
import { listSavedCards, type SavedCardRow } from '#payments/cards/saved-card-queries'
import { ProviderError } from '#payments/stripe/provider-error'
import { syncSavedCards } from '#payments/cards/sync-saved-cards'
import { settings } from '#settings'
import { DomainError } from '#shared/errors'
import { json, noContent } from '../support/answer'
import type { Caller } from '../support/caller'
import { defineCommand, defineEndpoint } from '../support/define-endpoint'
import { returnAddress } from '../support/return-address'
import { requireLogin } from '../support/require-login'
import { explainStripe } from './explain-stripe'

const savedCard = z
  .object({
    id: z.string(),
    brand: z.string().describe("Stripe's name of it, such as visa"),
    last4: z.string(),
    expMonth: z.int(),
    expYear: z.int(),
    isDefault: z.boolean(),
  })
  .meta({ id: 'SavedCard' })

const savedCards = z.object({ methods: z.array(savedCard) })
const params = z.object({ id: z.string().min(1).max(64) })

const present = ({ paymentMethodId: _ours, ...card }: SavedCardRow) => card

/**
 * The customer that a login is.
 * @throws DomainError `unauthenticated` for guests, whatever token they hold; `forbidden` for logins that are no customer's.
 */
const requireCustomer = async (req: PayloadRequest, caller: Caller): Promise<string> => {
  requireLogin(caller)
  const customerId = await ownCustomerId(req)
  if (customerId === undefined) throw new DomainError('forbidden', 'Only customers save cards.')
  return customerId
}

const listed = async (req: PayloadRequest, customerId: string) =>
  json({ methods: (await listSavedCards(req, customerId)).map(present) })

export const listPaymentMethodsEndpoint = defineEndpoint({
  method: 'get',
  path: '/payments/methods',
  operationId: 'listPaymentMethods',
  tag: 'Payments',
  summary: 'The saved cards of a customer, the newest first',
  description: 'Asks Stripe; while that cannot be reached, answers what it said last.',
  security: 'login',
  query: z.strictObject({}),
  answers: { 200: { description: 'The cards, each once', schema: savedCards } },
  refusals: ['unauthenticated', 'forbidden'],
  limit: 'change',
  handle: async ({ req, caller }) => {
    const customerId = await requireCustomer(req, caller)
    try {
      await syncSavedCards(req.payload, customerId)
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      req.payload.logger.warn({ err: error, customerId, msg: 'Stripe cannot be asked for saved cards' })
    }
    return listed(req, customerId)
  },
})

const page = (what: 'saved' | 'cancelled') => `${settings.serverUrl}/?card=${what}`

export const setUpPaymentMethodEndpoint = defineCommand({
  method: 'post',
  path: '/payments/methods/setup',
  operationId: 'setUpPaymentMethod',
  tag: 'Payments',
  summary: 'The page on which a customer saves a card',
  description:
    "Nothing is charged. The card is among the customer's once they are back from the page; it is offered whenever they pay for a booking that they made with their login.",
  security: 'login',
  body: z.strictObject({ successUrl: returnAddress.optional(), cancelUrl: returnAddress.optional() }),
  answers: { 200: { description: 'Where to send the customer', schema: z.object({ url: z.string() }) } },
  refusals: ['unauthenticated', 'forbidden', 'illegal_transition', 'provider_failed'],
  limit: 'change',
  handle: async ({ req, caller }) => ({ subject: await requireCustomer(req, caller) }),
  finish: async ({ req, subject, body }) => {
    const urls = { successUrl: body.successUrl ?? page('saved'), cancelUrl: body.cancelUrl ?? page('cancelled') }
    const refusal = 'Stripe does not let you save a card. Contact us.'
    return json({
      url: await explainStripe(req, refusal, () => openCardSetup(req.payload, { customerId: subject, ...urls })),
    })
  },
})

export const removePaymentMethodEndpoint = defineEndpoint({
  method: 'delete',
  path: '/payments/methods/:id',
  operationId: 'removePaymentMethod',
  tag: 'Payments',
  summary: 'Remove a saved card',
  description: 'It cannot be used any more. Who removes the default has none until they choose another one.',
  security: 'login',
  params,
  answers: { 204: { description: 'Removed' } },
  refusals: ['unauthenticated', 'forbidden', 'not_found', 'illegal_transition', 'provider_failed'],
  limit: 'change',
  handle: async ({ req, caller, params }) => {
    const own = { customerId: await requireCustomer(req, caller), cardId: params.id }
    await explainStripe(req, 'Stripe keeps the card. Try again later.', () => removeSavedCard(req.payload, own))
    return noContent()
  },
})

export const chooseDefaultPaymentMethodEndpoint = defineEndpoint({
  method: 'post',
  path: '/payments/methods/:id/default',
  operationId: 'chooseDefaultPaymentMethod',
  tag: 'Payments',
  summary: 'Make a saved card the default',
  description: 'Idempotent by nature.',
  security: 'login',
  params,
  body: z.strictObject({}),
  answers: { 200: { description: 'The cards afterwards', schema: savedCards } },
  refusals: ['unauthenticated', 'forbidden', 'not_found', 'illegal_transition', 'provider_failed'],
  limit: 'change',
  handle: async ({ req, caller, params }) => {
    const own = { customerId: await requireCustomer(req, caller), cardId: params.id }
    await explainStripe(req, 'Stripe does not take this card. Choose another one.', () =>
      chooseDefaultCard(req.payload, own),
    )
    return listed(req, own.customerId)
  },
})
