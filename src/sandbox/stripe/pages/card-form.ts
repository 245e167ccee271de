import { html, type SafeHtml } from '../../shared/html'
import type { CardInput } from '../payments/attempt-payment'

/** What the person entered, as it was written. */
export type CardForm = { email: string; name: string; number: string; expiry: string; cvc: string }

export type CardFormErrors = Partial<Record<keyof CardForm, string>> & {
  /** Of no single field: the bank declined. */
  form?: string
}

export const emptyCardForm: CardForm = { email: '', name: '', number: '', expiry: '', cvc: '' }

const field = (args: {
  name: keyof CardForm
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

type Filled = { form: CardForm; errors: CardFormErrors }

export const emailField = ({ form, errors }: Filled): SafeHtml =>
  field({
    name: 'email',
    label: 'Email',
    value: form.email,
    error: errors.email,
    attributes: html`type="email" autocomplete="email"`,
  })

export const nameField = ({ form, errors }: Filled): SafeHtml =>
  field({
    name: 'name',
    label: 'Name on the card or account',
    value: form.name,
    error: errors.name,
    attributes: html`autocomplete="cc-name" maxlength="200"`,
  })

export const cardFields = ({ form, errors }: Filled): SafeHtml =>
  html`${field({
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
    </div>`

export const alertOf = ({ form }: CardFormErrors): SafeHtml | null =>
  form ? html`<p class="alert" role="alert">${form}</p>` : null

/** A list of test cards, with buttons that fill one in. */
export const sampleCards = (cards: readonly (readonly [number: string, result: string])[]): SafeHtml =>
  html`<details>
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
          ${cards.map(
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

/** Saves typing, and hides what is not asked for; the page works without it. */
export const cardScript: SafeHtml = {
  html: `<script>
for (const button of document.querySelectorAll('[data-card]')) {
  button.hidden = false
  button.addEventListener('click', () => {
    const set = (id, value) => { const input = document.getElementById(id); if (input && (id === 'number' || !input.value)) input.value = value }
    const another = document.querySelector('input[name=method][value=card]')
    if (another) { another.checked = true; sync() }
    set('number', button.dataset.card)
    set('expiry', '12 / ' + String((new Date().getFullYear() + 4) % 100))
    set('cvc', '123')
    set('name', 'Test Customer')
    document.getElementById('number').focus()
  })
}
const hide = (id, isHidden) => {
  const part = document.getElementById(id)
  if (!part) return
  part.hidden = isHidden
  for (const input of part.querySelectorAll('input')) input.disabled = isHidden
}
const sync = () => {
  const chosen = document.querySelector('input[name=method]:checked')?.value ?? 'card'
  hide('card-fields', chosen !== 'card')
  hide('name-field', chosen.startsWith('pm_'))
}
for (const radio of document.querySelectorAll('input[name=method]')) radio.addEventListener('change', sync)
sync()
document.querySelector('form').addEventListener('submit', (event) => {
  const button = event.submitter
  if (button?.classList.contains('main')) { button.disabled = true; button.textContent = 'Processing…' }
})
</script>`,
}

export const readCardForm = (entries: URLSearchParams): CardForm => {
  const get = (name: keyof CardForm) => (entries.get(name) ?? '').slice(0, 300)
  return {
    email: get('email').trim(),
    name: get('name').trim(),
    number: get('number'),
    expiry: get('expiry'),
    cvc: get('cvc'),
  }
}

/** "12/30", "12 / 2030", "1230" → month and year. */
const parseExpiry = (text: string): { expMonth: number; expYear: number } | undefined => {
  const match = /^\s*(\d{1,2})\s*[/\-. ]?\s*(\d{2}|\d{4})\s*$/.exec(text)
  const expMonth = Number(match?.[1])
  const year = Number(match?.[2])
  if (!match || expMonth < 1 || expMonth > 12) return undefined
  return { expMonth, expYear: year < 100 ? 2000 + year : year }
}

/** What is wrong with the person, whatever they pay with. */
export const payerErrors = (form: CardForm, needsName: boolean): CardFormErrors => ({
  ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(form.email) ? {} : { email: 'Enter an email address.' }),
  ...(form.name || !needsName ? {} : { name: 'Enter the name of the payer.' }),
})

/** What the form means, or which fields are wrong. */
export const toCard = (form: CardForm): (CardInput & { email: string; name: string }) | { errors: CardFormErrors } => {
  const errors = payerErrors(form, true)
  const number = form.number.replace(/[\s-]/g, '')
  const expiry = parseExpiry(form.expiry)
  if (!/^\d{12,19}$/.test(number)) errors.number = 'Your card number is incomplete.'
  if (!expiry) errors.expiry = 'Enter month and year, such as 12 / 30.'
  if (!/^\d{3,4}$/.test(form.cvc.trim())) errors.cvc = 'Your card’s security code is incomplete.'
  if (Object.keys(errors).length || !expiry) return { errors }
  return { method: 'card', email: form.email, name: form.name, number, ...expiry }
}
