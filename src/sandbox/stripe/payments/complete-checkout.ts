import { emitEvent } from '../emit-event'
import { addCustomer } from '../objects'
import type { StoredCheckoutSession } from '../stored-objects'
import { unschedule } from './schedule-later'
import type { World } from '../world'

/** Who is on the hosted page. */
export type Payer = { email: string; name: string }

/** The customer of a checkout, made now where there is none and one is wanted. */
export const ensureCustomer = (
  world: World,
  session: StoredCheckoutSession,
  payer: Payer,
  isNeeded: boolean,
): string | null => {
  if (session.customer || !(isNeeded || session.customer_creation === 'always')) return session.customer
  const customer = addCustomer(world, { email: payer.email, name: payer.name })
  session.customer = customer.id
  world.catalog.note('checkout_sessions', session)
  emitEvent(world, 'customer.created', customer)
  return customer.id
}

/** The person is done; whether there is money already is for the caller to know. */
export const completeCheckout = (
  world: World,
  session: StoredCheckoutSession,
  payer: Payer,
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required',
): void => {
  unschedule(world, 'expire_checkout', session.id)
  session.customer_details = {
    address: null,
    business_name: null,
    email: payer.email,
    individual_name: null,
    name: payer.name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  }
  session.status = 'complete'
  session.payment_status = paymentStatus
  session.url = null
  emitEvent(world, 'checkout.session.completed', session)
}
