import { html } from '../../shared/html'
import { htmlResponse } from '../../shared/page-layout'
import {
  attemptPayment,
  debitTypeOf,
  offeredCards,
  type PaymentInput,
  type PaymentResult,
} from '../payments/attempt-payment'
import { attemptSetup } from '../payments/attempt-setup'
import { isCheckoutOpen } from '../payments/expire-checkout'
import { detachMethod } from '../payments/saved-methods'
import { runScheduled } from '../schedule'
import type { StoredCheckoutSession } from '../stored-objects'
import { find, type World } from '../world'
import { type CardFormErrors, emptyCardForm, payerErrors, readCardForm, toCard } from './card-form'
import { type CheckoutForm, checkoutPage, closedCheckoutPage } from './checkout-page'
import { layout } from './layout'
import { setupPage } from './setup-page'

const successUrlOf = (session: StoredCheckoutSession): string =>
  (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id)

/** The page as one finds it: the email where it is known, and the first saved card chosen. */
const freshForm = (world: World, session: StoredCheckoutSession): CheckoutForm => {
  const customer = session.customer ? find(world, 'customers', session.customer) : undefined
  return {
    ...emptyCardForm,
    method: offeredCards(world, session)[0]?.id ?? 'card',
    save: false,
    email: session.customer_email ?? customer?.email ?? '',
  }
}

const readForm = (entries: URLSearchParams): CheckoutForm => ({
  ...readCardForm(entries),
  method: entries.get('method') ?? 'card',
  save: entries.get('save') !== null,
})

/** What the form means, or which fields are wrong. */
const toPayment = (session: StoredCheckoutSession, form: CheckoutForm): PaymentInput | { errors: CardFormErrors } => {
  const isSaved = form.method.startsWith('pm_')
  const isDebit = form.method === 'bank_debit' && debitTypeOf(session) !== null
  if (!isSaved && !isDebit) {
    const card = toCard(form)
    return 'errors' in card ? card : { ...card, save: form.save }
  }
  const errors = payerErrors(form, isDebit)
  if (Object.keys(errors).length) return { errors }
  const { email, name } = form
  return isSaved
    ? { method: 'saved_card', paymentMethod: form.method, email, name }
    : { method: 'bank_debit', email, name }
}

const faultField = {
  invalid_number: 'number',
  expired: 'expiry',
  declined: 'form',
  closed: 'form',
  no_debit: 'form',
  not_saved: 'form',
} as const

type Attempt = { errors: CardFormErrors } | PaymentResult

const attempt = (world: World, session: StoredCheckoutSession, form: CheckoutForm): Attempt => {
  if (session.mode === 'setup') {
    const card = toCard(form)
    return 'errors' in card ? card : attemptSetup(world, session, card)
  }
  const payment = toPayment(session, form)
  return 'errors' in payment ? payment : attemptPayment(world, session, payment)
}

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
  const closed = () => htmlResponse(closedCheckoutPage(session, successUrlOf(session)))
  const show = (form: CheckoutForm, errors: CardFormErrors, status = 200) =>
    htmlResponse(
      session.mode === 'setup' ? setupPage(session, { form, errors }) : checkoutPage(world, session, { form, errors }),
      status,
    )
  if (!isCheckoutOpen(world, session)) return closed()
  if (request.method !== 'POST') return show(freshForm(world, session), {})

  const entries = new URLSearchParams(await request.text())
  const unwanted = entries.get('remove')
  if (unwanted !== null && session.saved_payment_method_options?.payment_method_remove === 'enabled') {
    const card = offeredCards(world, session).find((method) => method.id === unwanted)
    if (card) detachMethod(world, card)
    await afterChange()
    return show(freshForm(world, session), {})
  }
  const form = readForm(entries)
  const result = attempt(world, session, form)
  if ('errors' in result) return show(form, result.errors, 400)
  await afterChange()
  if (result.ok) return new Response(null, { status: 303, headers: { Location: successUrlOf(session) } })
  return result.reason === 'closed' ? closed() : show(form, { [faultField[result.reason]]: result.message }, 402)
}
