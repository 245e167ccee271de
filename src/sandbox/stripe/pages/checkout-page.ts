import { formatMoney } from '#shared/money'
import { html, type SafeHtml } from '../../shared/html'
import { canSave, debitTypeOf, offeredCards } from '../payments/attempt-payment'
import type { StoredCheckoutSession, StoredLineItem, StoredPaymentMethod } from '../stored-objects'
import { find, type World } from '../world'
import {
  alertOf,
  type CardForm,
  type CardFormErrors,
  cardFields,
  cardScript,
  emailField,
  nameField,
  sampleCards,
} from './card-form'
import { layout } from './layout'

export type CheckoutForm = CardForm & {
  /** `card`, `bank_debit`, or the id of a saved card. */
  method: string
  save: boolean
}

const money = (amount: number, currency: string): string =>
  formatMoney({ amount, currency: currency.toUpperCase() }, 'en-GB')

const samples = sampleCards([
  ['4242 4242 4242 4242', 'Payment succeeds'],
  ['4000 0000 0000 0002', 'Declined by the bank'],
  ['4000 0000 0000 9995', 'Declined: insufficient funds'],
  ['4000 0000 0000 7726', 'Succeeds; a refund takes a while'],
  ['4000 0000 0000 5126', 'Succeeds; a refund fails later'],
  ['4000 0000 0000 0259', 'Succeeds; is disputed soon after'],
  ['4000 0000 0000 1976', 'Succeeds; the bank asks about it'],
])

/** "visa •••• 4242, 12/30" */
const cardName = ({ card }: StoredPaymentMethod): string =>
  card
    ? `${card.brand} •••• ${card.last4}, ${String(card.exp_month).padStart(2, '0')}/${String(card.exp_year % 100).padStart(2, '0')}`
    : ''

const methods = (world: World, session: StoredCheckoutSession, chosen: string): SafeHtml => {
  const saved = offeredCards(world, session)
  const hasDebit = debitTypeOf(session) !== null
  if (!hasDebit && !saved.length) return html`<input type="hidden" name="method" value="card" />`
  const choice = (value: string, label: string) =>
    html`<label class="choice"
      ><input type="radio" name="method" value="${value}" ${chosen === value ? html`checked` : null} /> ${label}</label
    >`
  const canRemove = session.saved_payment_method_options?.payment_method_remove === 'enabled'
  return html`<fieldset>
    <legend>Pay with</legend>
    ${saved.map(
      (method) =>
        html`${choice(method.id, cardName(method))}
        ${
          canRemove
            ? html`<button type="submit" name="remove" value="${method.id}" formnovalidate>
                Remove ${cardName(method)}
              </button>`
            : null
        }`,
    )}
    ${choice('card', saved.length ? 'Another card' : 'Card')}
    ${hasDebit ? choice('bank_debit', 'Bank debit (the money arrives a few minutes later)') : null}
  </fieldset>`
}

const summary = (world: World, session: StoredCheckoutSession, items: readonly StoredLineItem[]): SafeHtml =>
  html`<section aria-labelledby="order">
    <p class="soft" style="margin:0">To pay</p>
    <p class="total">${money(session.amount_total ?? 0, session.currency ?? '')}</p>
    <h2 id="order" style="margin-top:0">Your order</h2>
    <dl class="items">
      ${items.map((item) => {
        const product = find(world, 'products', item.price.product)
        const description = product?.description
          ? html`<br /><span class="small soft">${product.description}</span>`
          : null
        return html`<div>
          <dt>${item.quantity > 1 ? `${item.quantity} × ` : null}${item.description}${description}</dt>
          <dd>${money(item.amount_total, item.currency)}</dd>
        </div>`
      })}
    </dl>
    ${session.cancel_url ? html`<p><a href="${session.cancel_url}">Cancel and go back</a></p>` : null}
  </section>`

/** The page on which a person pays, declines or walks away. Works without scripts; they only save typing. */
export const checkoutPage = (
  world: World,
  session: StoredCheckoutSession,
  filled: { form: CheckoutForm; errors: CardFormErrors },
): string => {
  const { form, errors } = filled
  const plan = world.state.intentPlans[session.id]
  const total = money(session.amount_total ?? 0, session.currency ?? '')
  return layout({
    title: `${Object.keys(errors).length ? 'Error: ' : ''}Pay ${total}`,
    body: html`<div class="columns">
        ${summary(world, session, world.state.lineItems[session.id] ?? [])}
        <section class="card" aria-labelledby="pay">
          <h1 id="pay">Payment</h1>
          ${alertOf(errors)}
          <form method="post" novalidate>
            ${emailField(filled)} ${methods(world, session, form.method)}
            <div id="name-field">${nameField(filled)}</div>
            <div id="card-fields">
              ${cardFields(filled)}
              ${
                canSave(session)
                  ? html`<label class="choice"
                      ><input type="checkbox" name="save" value="yes" ${form.save ? html`checked` : null} /> Keep this
                      card for the next time</label
                    >`
                  : null
              }
            </div>
            <button class="main" type="submit">Pay ${total}</button>
            ${
              plan?.capture_method === 'manual'
                ? html`<p class="small soft">
                    The amount is only reserved on your card now. It is charged when your booking is confirmed.
                  </p>`
                : null
            }
            ${
              plan?.setup_future_usage
                ? html`<p class="small soft">Your card is kept, and may be charged later as you have agreed.</p>`
                : null
            }
          </form>
          ${samples}
        </section>
      </div>
      ${cardScript}`,
  })
}

/** What one sees on a checkout that is over. */
export const closedCheckoutPage = (session: StoredCheckoutSession, successUrl: string): string => {
  const isComplete = session.status === 'complete'
  const link = isComplete
    ? html`<a href="${successUrl}">Continue</a>`
    : session.cancel_url
      ? html`<a href="${session.cancel_url}">Go back</a>`
      : null
  const done =
    session.mode === 'setup' ? 'Your card is saved.' : 'Your payment was taken. There is nothing more to pay.'
  const over =
    session.mode === 'setup'
      ? 'The time is over. Nothing was saved.'
      : 'The time to pay has run out, or the booking was given up. Nothing was charged.'
  return layout({
    title: isComplete ? (session.mode === 'setup' ? 'Card saved' : 'Payment complete') : 'Checkout closed',
    body: html`<section class="card">
      <h1>${isComplete ? 'You are all done here' : 'This checkout is closed'}</h1>
      <p>${isComplete ? done : over}</p>
      <p>${link}</p>
    </section>`,
  })
}
