import { formatMoney } from '#shared/money'
import { html, type SafeHtml } from '../../shared/html'

/** How many of each kind the page shows. */
const shown = 25

export const latest = <T>(table: Record<string, T>): T[] => Object.values(table).slice(-shown).reverse()

export const money = (amount: number, currency: string): string =>
  formatMoney({ amount, currency: currency.toUpperCase() }, 'en-GB')

/** @param seconds epoch. */
export const time = (seconds: number): SafeHtml => {
  const iso = new Date(seconds * 1000).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`
}

type Cell = SafeHtml | string | null | undefined

/** A table that turns into a list of cards where the screen is narrow. */
export const table = (args: { id: string; title: string; columns: string[]; rows: Cell[][] }): SafeHtml =>
  html`<section aria-labelledby="${args.id}">
    <h2 id="${args.id}">${args.title}</h2>
    ${
      args.rows.length
        ? html`<div class="card">
            <table class="cards">
              <thead>
                <tr>
                  ${args.columns.map((column) => html`<th scope="col">${column}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${args.rows.map(
                  (cells) =>
                    html`<tr>
                      ${cells.map((cell, index) => html`<td data-label="${args.columns[index]}">${cell}</td>`)}
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
        : html`<p class="soft">None yet.</p>`
    }
  </section>`

/**
 * A button that turns a knob.
 * @param label what it says; `of` completes it for those who do not see the row in which it stands.
 */
export const button = (args: { path: string; label: string; of?: string; fields?: Record<string, string> }): SafeHtml =>
  html`<form class="inline" method="post" action="/_sandbox/${args.path}">
    ${Object.entries({ _: '', ...args.fields }).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}
    <button type="submit" ${args.of === undefined ? null : html`aria-label="${args.label}: ${args.of}"`}>
      ${args.label}
    </button>
  </form>`

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
td details{margin:0}
@media (max-width:44rem){
table.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.cards,table.cards tbody,table.cards tr,table.cards td{display:block}
table.cards tr{border-top:1px solid var(--line);padding:.5rem 0}
table.cards td{border:0;padding:.15rem 0;overflow-wrap:anywhere}
table.cards td::before{content:attr(data-label) ": ";color:var(--soft)}
table.cards td:empty{display:none}
button{min-height:2.75rem}
}
`,
}
