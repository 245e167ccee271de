import { emitEvent } from '../emit-event'
import { addPaymentMethod } from '../objects'
import { invalidRequest } from '../refusal'
import type { StoredPaymentMethod } from '../stored-objects'
import { findTestCard, testMethods } from '../test-cards'
import { find, mustFind, nowOf, type World } from '../world'
import { cardDetails } from './card-details'

/** A card that somebody has entered, or that a test id stands for. */
export const addCard = (
  world: World,
  card: { number: string; expMonth: number; expYear: number; email: string | null; name: string | null },
): StoredPaymentMethod | undefined => {
  const known = findTestCard(card.number)
  return (
    known &&
    addPaymentMethod(world, {
      type: 'card',
      card: cardDetails(known, card),
      billing_details: { address: null, email: card.email, name: card.name, phone: null, tax_id: null },
    })
  )
}

/**
 * The payment method with that id, or a new one where it is a test id like `pm_card_visa`.
 * @throws Refusal
 */
export const resolveMethod = (world: World, id: string, param?: string): StoredPaymentMethod => {
  const number = Object.hasOwn(testMethods, id) ? testMethods[id] : undefined
  const expYear = new Date(nowOf(world)).getUTCFullYear() + 1
  const made = number && addCard(world, { number, expMonth: 12, expYear, email: null, name: null })
  return made || mustFind(world, 'payment_methods', id, param)
}

/**
 * Whether a payment method can be used for what belongs to that customer, or to nobody.
 * @throws Refusal
 */
export const assertUsable = (world: World, method: StoredPaymentMethod, customer: string | null): void => {
  if (method.customer && method.customer !== customer) {
    throw invalidRequest(
      customer
        ? `The customer does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`
        : 'The provided PaymentMethod is attached to a Customer: it can only be used with that `customer`.',
      { code: 'payment_method_customer_mismatch', param: 'payment_method' },
    )
  }
  if (!method.customer && world.state.spentMethods[method.id]) {
    throw invalidRequest(
      'This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.',
      { param: 'payment_method' },
    )
  }
}

/** What was used for nobody in particular is used up. */
export const spendMethod = (world: World, method: StoredPaymentMethod): void => {
  if (!method.customer) world.state.spentMethods[method.id] = true
}

/** Keeps a payment method for a customer. */
export const attachMethod = (
  world: World,
  method: StoredPaymentMethod,
  customer: string,
  allowRedisplay?: 'always' | 'limited',
): void => {
  method.customer = customer
  world.catalog.note('payment_methods', method)
  method.allow_redisplay = allowRedisplay ?? method.allow_redisplay ?? 'unspecified'
  emitEvent(world, 'payment_method.attached', method)
}

/** Takes it away again, for good. */
export const detachMethod = (world: World, method: StoredPaymentMethod): void => {
  const customer = method.customer ? find(world, 'customers', method.customer) : undefined
  const previous = { customer: method.customer }
  method.customer = null
  world.state.spentMethods[method.id] = true
  emitEvent(world, 'payment_method.detached', method, previous)
  if (customer?.invoice_settings.default_payment_method === method.id) {
    const before = { invoice_settings: { default_payment_method: method.id } }
    customer.invoice_settings.default_payment_method = null
    emitEvent(world, 'customer.updated', customer, before)
  }
}

export const methodsOf = (world: World, customer: string): StoredPaymentMethod[] =>
  world.catalog.all('payment_methods', { customer })

/** The bank has sent a new card, and Stripe has heard of it. */
export const renewCard = (
  world: World,
  method: StoredPaymentMethod,
  { expMonth, expYear, last4 }: { expMonth: number; expYear: number; last4?: string | undefined },
): void => {
  const { card } = method
  if (!card) return
  const previous = { card: { exp_month: card.exp_month, exp_year: card.exp_year, last4: card.last4 } }
  card.exp_month = expMonth
  card.exp_year = expYear
  card.last4 = last4 ?? card.last4
  emitEvent(world, 'payment_method.automatically_updated', method, previous)
}
