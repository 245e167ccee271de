import { formatMoney } from '#shared/money'
import { html, type SafeHtml } from '../../shared/html'

/** How many of each kind the page shows. */
const shown = 25

export const latest = <T>(table: Record<string, T>): T[] => Object.values(table).slice(-shown).reverse()

export const money = (amount: number, currency: string): string =>
  formatMoney({ amount, currency: currency.toUpperCase() }, 'en-GB')

type Field = { name: string; label: string; attributes?: SafeHtml } & (
  { options?: undefined } | { options: readonly (readonly [value: string, label: string])[] }
)

/** A knob with something to fill in. Ids are made of `id`, which must be the only one of its kind on the page. */
export const knobForm = (args: {
  id: string
  path: string
  title: string
  fields: Field[]
  submit: string
}): SafeHtml =>
  html`<form class="knob" method="post" action="/_sandbox/${args.path}" aria-label="${args.title}">
    ${args.fields.map((field) => {
      const id = `${args.id}-${field.name}`
      return html`<div>
        <label for="${id}">${field.label}</label>
        ${
          field.options
            ? html`<select id="${id}" name="${field.name}">
                ${field.options.map(([value, label]) => html`<option value="${value}">${label}</option>`)}
              </select>`
            : html`<input id="${id}" name="${field.name}" ${field.attributes} />`
        }
      </div>`
    })}
    <button type="submit">${args.submit}</button>
  </form>`

/** What only this page needs. */
export const statusStyles: SafeHtml = {
  html: `
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:0 0 1rem}
.knobs{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr))}
.knob{border:1px solid var(--line);border-radius:.5rem;padding:0 .75rem .75rem}
.knob label{margin-top:.6rem;font-size:.875rem}
.knob input,.knob select{min-height:2.25rem;padding:.35rem .5rem}
.knob button{margin-top:.75rem}
@media (max-width:44rem){button{min-height:2.75rem}}
`,
}
