import { html } from '../../shared/html'
import type { StoredCheckoutSession } from '../stored-objects'
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

const samples = sampleCards([
  ['4242 4242 4242 4242', 'Is saved'],
  ['4000 0000 0000 0341', 'Is saved; declined when it is charged'],
  ['4000 0000 0000 0002', 'Declined by the bank'],
])

/** The page on which a person saves a card without paying anything. */
export const setupPage = (session: StoredCheckoutSession, filled: { form: CardForm; errors: CardFormErrors }): string =>
  layout({
    title: `${Object.keys(filled.errors).length ? 'Error: ' : ''}Save a card`,
    body: html`<section class="card narrow" aria-labelledby="setup">
        <h1 id="setup">Save a card</h1>
        <p class="soft">Nothing is charged now.</p>
        ${alertOf(filled.errors)}
        <form method="post" novalidate>
          ${emailField(filled)} ${nameField(filled)}
          <div id="card-fields">${cardFields(filled)}</div>
          <button class="main" type="submit">Save card</button>
        </form>
        ${session.cancel_url ? html`<p><a href="${session.cancel_url}">Cancel and go back</a></p>` : null} ${samples}
      </section>
      ${cardScript}`,
  })
