import { formatMoney } from '../../../shared/money'
import { debitTypeOf } from '../payments/attempt-payment'
import type { StoredCheckoutSession, StoredLineItem } from '../stored-objects'
import { find, type World } from '../world'
import { html, type SafeHtml } from '../../shared/html'
import { layout } from './layout'

/** What the person entered, as it was written. */
export type CheckoutForm = { method: string; email: string; name: string; number: string; expiry: string; cvc: string }

export type CheckoutFormErrors = Partial<Record<keyof CheckoutForm, string>> & {
  /** Of no single field: the bank declined. */
  form?: string
}

const money = (amount: number, currency: string): string =>
  formatMoney({ amount, currency: currency.toUpperCase() }, 'en-GB')

const field = (args: {
  name: Exclude<keyof CheckoutForm, 'method'>
  label: string
  value: string
  error: string | undefined
  attributes: SafeHtml
}): SafeHtml => {
  const { name, label, value, error, attributes } = args
  const described = error ? html`aria-invalid="true" aria-describedby="${name}-error"` : null
  const message = error ? html`<p class="error" id="${name}-error">${error}</p>` : null
  return html`<div>
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" value="${value}" required ${attributes} ${described} />
    ${message}
  </div>`
}

const sampleCards: readonly [number: string, result: string][] = [
  ['4242 4242 4242 4242', 'Payment succeeds'],
  ['4000 0000 0000 0002', 'Declined by the bank'],
  ['4000 0000 0000 9995', 'Declined: insufficient funds'],
  ['4000 0000 0000 7726', 'Succeeds; a refund takes a while'],
  ['4000 0000 0000 5126', 'Succeeds; a refund fails later'],
  ['4000 0000 0000 0259', 'Succeeds; is disputed soon after'],
  ['4000 0000 0000 1976', 'Succeeds; the bank asks about it'],
]

const samples = html`<details>
  <summary>Test cards</summary>
  <p class="small soft">Any name, any date in the future, any three digits.</p>
  <div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">What happens</th>
          <th scope="col">Use it</th>
        </tr>
      </thead>
      <tbody>
        ${sampleCards.map(
          ([number, result]) =>
            html`<tr>
              <td><code class="whole">${number}</code></td>
              <td>${result}</td>
              <td>
                <button type="button" hidden data-card="${number}" aria-label="Use ${number}">Use</button>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>
</details>`

const script: SafeHtml = {
  html: `<script>
for (const button of document.querySelectorAll('[data-card]')) {
  button.hidden = false
  button.addEventListener('click', () => {
    const set = (id, value) => { const input = document.getElementById(id); if (input && (id === 'number' || !input.value)) input.value = value }
    set('number', button.dataset.card)
    set('expiry', '12 / ' + String((new Date().getFullYear() + 4) % 100))
    set('cvc', '123')
    set('name', 'Test Customer')
    document.getElementById('number').focus()
  })
}
const card = document.getElementById('card-fields')
const sync = () => {
  const isCard = !document.querySelector('input[value=bank_debit]:checked')
  card.hidden = !isCard
  for (const input of card.querySelectorAll('input')) input.disabled = !isCard
}
for (const radio of document.querySelectorAll('input[name=method]')) radio.addEventListener('change', sync)
sync()
document.querySelector('form').addEventListener('submit', (event) => {
  const button = event.submitter
  if (button) { button.disabled = true; button.textContent = 'Processing…' }
})
</script>`,
}

const methods = (session: StoredCheckoutSession, chosen: string): SafeHtml => {
  if (!debitTypeOf(session)) return html`<input type="hidden" name="method" value="card" />`
  const choice = (value: string, label: string) =>
    html`<label class="choice"
      ><input type="radio" name="method" value="${value}" ${chosen === value ? html`checked` : null} /> ${label}</label
    >`
  return html`<fieldset>
    <legend>Pay with</legend>
    ${choice('card', 'Card')} ${choice('bank_debit', 'Bank debit (the money arrives a few minutes later)')}
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
  { form, errors }: { form: CheckoutForm; errors: CheckoutFormErrors },
): string => {
  const items = world.state.lineItems[session.id] ?? []
  const isManual = world.state.intentPlans[session.id]?.capture_method === 'manual'
  const total = money(session.amount_total ?? 0, session.currency ?? '')
  const alert = errors.form ? html`<p class="alert" role="alert">${errors.form}</p>` : null
  return layout({
    title: `${Object.keys(errors).length ? 'Error: ' : ''}Pay ${total}`,
    body: html`<div class="columns">
        ${summary(world, session, items)}
        <section class="card" aria-labelledby="pay">
          <h1 id="pay">Payment</h1>
          ${alert}
          <form method="post">
            ${field({
              name: 'email',
              label: 'Email',
              value: form.email,
              error: errors.email,
              attributes: html`type="email" autocomplete="email"`,
            })}
            ${methods(session, form.method)}
            ${field({
              name: 'name',
              label: 'Name on the card or account',
              value: form.name,
              error: errors.name,
              attributes: html`autocomplete="cc-name" maxlength="200"`,
            })}
            <div id="card-fields">
              ${field({
                name: 'number',
                label: 'Card number',
                value: form.number,
                error: errors.number,
                attributes: html`autocomplete="cc-number" inputmode="numeric" placeholder="4242 4242 4242 4242"`,
              })}
              <div class="pair">
                ${field({
                  name: 'expiry',
                  label: 'Expires (MM / YY)',
                  value: form.expiry,
                  error: errors.expiry,
                  attributes: html`autocomplete="cc-exp" inputmode="numeric" placeholder="12 / 30"`,
                })}
                ${field({
                  name: 'cvc',
                  label: 'Security code',
                  value: form.cvc,
                  error: errors.cvc,
                  attributes: html`autocomplete="cc-csc" inputmode="numeric" placeholder="123"`,
                })}
              </div>
            </div>
            <button class="main" type="submit">Pay ${total}</button>
            ${
              isManual
                ? html`<p class="small soft">
                    The amount is only reserved on your card now. It is charged when your booking is confirmed.
                  </p>`
                : null
            }
          </form>
          ${samples}
        </section>
      </div>
      ${script}`,
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
  return layout({
    title: isComplete ? 'Payment complete' : 'Checkout closed',
    body: html`<section class="card">
      <h1>${isComplete ? 'You are all done here' : 'This checkout is closed'}</h1>
      <p>
        ${
          isComplete
            ? 'Your payment was taken. There is nothing more to pay.'
            : 'The time to pay has run out, or the booking was given up. Nothing was charged.'
        }
      </p>
      <p>${link}</p>
    </section>`,
  })
}
