import { attemptPayment, debitTypeOf, type PaymentInput } from '../payments/attempt-payment'
import { isCheckoutOpen } from '../payments/expire-checkout'
import { runScheduled } from '../schedule'
import type { StoredCheckoutSession } from '../stored-objects'
import { find, type World } from '../world'
import { type CheckoutForm, type CheckoutFormErrors, checkoutPage, closedCheckoutPage } from './checkout-page'
import { html } from '../../shared/html'
import { htmlResponse } from '../../shared/page-layout'
import { layout } from './layout'

const emptyForm: CheckoutForm = { method: 'card', email: '', name: '', number: '', expiry: '', cvc: '' }

const successUrlOf = (session: StoredCheckoutSession): string =>
  (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id)

const emailOf = (world: World, session: StoredCheckoutSession): string => {
  const customer = session.customer ? find(world, 'customers', session.customer) : undefined
  return session.customer_email ?? customer?.email ?? ''
}

/** "12/30", "12 / 2030", "1230" → month and year. */
const parseExpiry = (text: string): { expMonth: number; expYear: number } | undefined => {
  const match = /^\s*(\d{1,2})\s*[/\-. ]?\s*(\d{2}|\d{4})\s*$/.exec(text)
  const expMonth = Number(match?.[1])
  const year = Number(match?.[2])
  if (!match || expMonth < 1 || expMonth > 12) return undefined
  return { expMonth, expYear: year < 100 ? 2000 + year : year }
}

const readForm = async (request: Request): Promise<CheckoutForm> => {
  const entries = new URLSearchParams(await request.text())
  const get = (name: keyof CheckoutForm) => (entries.get(name) ?? '').slice(0, 300)
  return {
    method: get('method') || 'card',
    email: get('email').trim(),
    name: get('name').trim(),
    number: get('number'),
    expiry: get('expiry'),
    cvc: get('cvc'),
  }
}

/** What the form means, or which fields are wrong. */
const toPayment = (
  session: StoredCheckoutSession,
  form: CheckoutForm,
): PaymentInput | { errors: CheckoutFormErrors } => {
  const errors: CheckoutFormErrors = {}
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(form.email)) errors.email = 'Enter an email address.'
  if (!form.name) errors.name = 'Enter the name of the payer.'
  const { email, name } = form
  if (form.method === 'bank_debit' && debitTypeOf(session)) {
    return Object.keys(errors).length ? { errors } : { method: 'bank_debit', email, name }
  }
  const number = form.number.replace(/[\s-]/g, '')
  const expiry = parseExpiry(form.expiry)
  if (!/^\d{12,19}$/.test(number)) errors.number = 'Your card number is incomplete.'
  if (!expiry) errors.expiry = 'Enter month and year, such as 12 / 30.'
  if (!/^\d{3,4}$/.test(form.cvc.trim())) errors.cvc = 'Your card’s security code is incomplete.'
  if (Object.keys(errors).length || !expiry) return { errors }
  return { method: 'card', email, name, number, ...expiry }
}

const faultField = {
  invalid_number: 'number',
  expired: 'expiry',
  declined: 'form',
  closed: 'form',
  no_debit: 'form',
} as const

/** `GET` and `POST /c/pay/{id}`: the hosted page. */
export const handleCheckoutPage = async (
  world: World,
  request: Request,
  { id, afterChange }: { id: string; afterChange: () => Promise<void> },
): Promise<Response> => {
  runScheduled(world)
  const session = find(world, 'checkout_sessions', id)
  if (!session) {
    const body = html`<section class="card"><h1>There is no such checkout</h1></section>`
    return htmlResponse(layout({ title: 'Not found', body }), 404)
  }
  if (!isCheckoutOpen(world, session)) return htmlResponse(closedCheckoutPage(session, successUrlOf(session)))
  if (request.method !== 'POST') {
    const form = { ...emptyForm, email: emailOf(world, session) }
    return htmlResponse(checkoutPage(world, session, { form, errors: {} }))
  }
  const form = await readForm(request)
  const payment = toPayment(session, form)
  if ('errors' in payment) return htmlResponse(checkoutPage(world, session, { form, errors: payment.errors }), 400)
  const result = attemptPayment(world, session, payment)
  await afterChange()
  if (result.ok) return new Response(null, { status: 303, headers: { Location: successUrlOf(session) } })
  if (result.reason === 'closed') return htmlResponse(closedCheckoutPage(session, successUrlOf(session)))
  const errors = { [faultField[result.reason]]: result.message }
  return htmlResponse(checkoutPage(world, session, { form, errors }), 402)
}
