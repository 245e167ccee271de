import { emitEvent } from '../emit-event'
import { addCharge, addPaymentIntent, addPaymentMethod } from '../objects'
import type { StoredCheckoutSession, StoredPaymentIntent, StoredPaymentMethod } from '../stored-objects'
import { find, nowOf, type World } from '../world'
import { chargedDebit, outcomeOf } from './card-details'
import { recordApproval, recordDecline, takeDeclineOf } from './charge-card'
import { completeCheckout, ensureCustomer, type Payer } from './complete-checkout'
import { isCheckoutOpen } from './expire-checkout'
import { addCard, attachMethod, methodsOf, spendMethod } from './saved-methods'
import { scheduleLater } from './schedule-later'

/** A card as it is typed in. */
export type CardInput = { method: 'card'; number: string; expMonth: number; expYear: number }

/** What a person enters on the hosted page. */
export type PaymentInput = Payer &
  (
    | (CardInput & {
        /** The card is to be kept for the next time. */
        save?: boolean | undefined
      })
    | { method: 'saved_card'; paymentMethod: string }
    | { method: 'bank_debit' }
  )

export type PaymentResult =
  | { ok: true }
  | {
      ok: false
      reason: 'closed' | 'invalid_number' | 'expired' | 'declined' | 'no_debit' | 'not_saved'
      message: string
    }

/** How a customer of that currency can pay from a bank account; null where the sandbox knows no way. */
export const debitTypeOf = (session: StoredCheckoutSession): 'bacs_debit' | 'sepa_debit' | null => {
  const type = session.currency === 'gbp' ? 'bacs_debit' : session.currency === 'eur' ? 'sepa_debit' : null
  return type && session.payment_method_types.includes(type) ? type : null
}

/** The cards that the customer of a checkout can choose from. */
export const offeredCards = (world: World, session: StoredCheckoutSession): StoredPaymentMethod[] => {
  const filters = session.saved_payment_method_options?.allow_redisplay_filters ?? ['always']
  return session.customer
    ? methodsOf(world, session.customer).filter(
        ({ card, allow_redisplay }) => card && filters.includes(allow_redisplay ?? 'unspecified'),
      )
    : []
}

const ensureIntent = (world: World, session: StoredCheckoutSession): StoredPaymentIntent => {
  const existing = session.payment_intent ? find(world, 'payment_intents', session.payment_intent) : undefined
  if (existing) return existing
  const planned = world.state.intentPlans[session.id]
  const { allow_redisplay: _redisplay, ...plan } = planned ?? {}
  const intent = addPaymentIntent(world, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? '',
    customer: session.customer,
    payment_method_types: [...session.payment_method_types],
    ...plan,
    metadata: { ...planned?.metadata },
  })
  session.payment_intent = intent.id
  world.catalog.note('checkout_sessions', session)
  emitEvent(world, 'payment_intent.created', intent)
  return intent
}

const setCustomer = (world: World, intent: StoredPaymentIntent, customer: string | null): void => {
  intent.customer = customer
  world.catalog.note('payment_intents', intent)
}

const payByDebit = (world: World, session: StoredCheckoutSession, payer: Payer): PaymentResult => {
  const type = debitTypeOf(session)
  if (!type) return { ok: false, reason: 'no_debit', message: 'This cannot be paid from a bank account.' }
  const intent = ensureIntent(world, session)
  setCustomer(world, intent, ensureCustomer(world, session, payer, false))
  const billing = { address: null, email: payer.email, name: payer.name, phone: null, tax_id: null }
  const method = addPaymentMethod(world, { type, billing_details: billing })
  intent.payment_method = method.id
  const charge = addCharge(world, {
    intent,
    status: 'pending',
    billing_details: { ...billing },
    payment_method: method.id,
    payment_method_details: chargedDebit(type),
    outcome: outcomeOf(undefined),
  })
  intent.latest_charge = charge.id
  intent.last_payment_error = null
  intent.status = 'processing'
  scheduleLater(world, 'settle_debit', intent.id, world.debitDuration)
  emitEvent(world, 'charge.pending', charge)
  emitEvent(world, 'payment_intent.processing', intent)
  completeCheckout(world, session, payer, 'unpaid')
  return { ok: true }
}

/** The card that was typed in, or why it cannot be one. */
export const enterCard = (
  world: World,
  input: CardInput & Payer,
): { method: StoredPaymentMethod } | { refused: Extract<PaymentResult, { ok: false }> } => {
  const today = new Date(nowOf(world))
  const monthsLeft = (input.expYear - today.getUTCFullYear()) * 12 + input.expMonth - 1 - today.getUTCMonth()
  const method = monthsLeft < 0 ? undefined : addCard(world, input)
  if (method) return { method }
  return {
    refused:
      monthsLeft < 0
        ? { ok: false, reason: 'expired', message: 'Your card’s expiration date is in the past.' }
        : { ok: false, reason: 'invalid_number', message: 'Your card number is incorrect.' },
  }
}

const chosenCard = (
  world: World,
  session: StoredCheckoutSession,
  input: Exclude<PaymentInput, { method: 'bank_debit' }>,
): ReturnType<typeof enterCard> => {
  if (input.method === 'card') return enterCard(world, input)
  const method = offeredCards(world, session).find(({ id }) => id === input.paymentMethod)
  return method
    ? { method }
    : { refused: { ok: false, reason: 'not_saved', message: 'This card is not saved any more.' } }
}

/**
 * A person pays on the hosted page: what Stripe would do with the card or the account, with all its events. A decline
 * leaves the checkout open for another try.
 */
export const attemptPayment = (world: World, session: StoredCheckoutSession, input: PaymentInput): PaymentResult => {
  if (!isCheckoutOpen(world, session) || session.mode !== 'payment') {
    return { ok: false, reason: 'closed', message: 'There is nothing to pay here any more.' }
  }
  if (input.method === 'bank_debit') return payByDebit(world, session, input)
  const card = chosenCard(world, session, input)
  if ('refused' in card) return card.refused
  const { method } = card
  const intent = ensureIntent(world, session)
  const why = takeDeclineOf(world, method, 'charge')
  if (why) {
    recordDecline(world, { intent, method, why })
    return { ok: false, reason: 'declined', message: why.message }
  }
  const isSaved = input.method === 'card' && input.save === true && canSave(session)
  const isKept = isSaved || intent.setup_future_usage !== null
  const customer = ensureCustomer(world, session, input, isKept)
  setCustomer(world, intent, customer)
  recordApproval(world, intent, method)
  if (!method.customer && isKept && customer) {
    const wanted = world.state.intentPlans[session.id]?.allow_redisplay
    attachMethod(world, method, customer, isSaved ? 'always' : (wanted ?? 'limited'))
  }
  spendMethod(world, method)
  // For a manual capture Stripe leaves it unpaid.
  completeCheckout(world, session, input, intent.capture_method === 'manual' ? 'unpaid' : 'paid')
  return { ok: true }
}

/** Whether the page asks if the card is to be kept. */
export const canSave = (session: StoredCheckoutSession): boolean =>
  session.customer !== null && session.saved_payment_method_options?.payment_method_save === 'enabled'
