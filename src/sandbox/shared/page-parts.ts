import { html, type SafeHtml } from './html'

/** An instant as it is shown: epoch ms, in UTC. */
export const timeText = (ms: number): SafeHtml => {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`
}

export type Cell = SafeHtml | string | null | undefined

/**
 * A table under a heading, or that there is nothing yet. Where the screen is narrow, it turns into a list of cards.
 * @param args.id for links that lead there; the only one of its kind on the page.
 */
export const section = (args: {
  id?: string
  title: string
  columns: readonly string[]
  rows: readonly (readonly Cell[])[]
}): SafeHtml =>
  html`<section>
    <h2 ${args.id === undefined ? null : html`id="${args.id}"`}>${args.title}</h2>
    ${
      args.rows.length
        ? html`<div class="card scroll" tabindex="0" role="region" aria-label="${args.title}">
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
 * @param args.label what it says; `of` completes it for those who do not see the row in which it stands.
 */
export const knob = (args: { path: string; label: string; of?: string; fields?: Record<string, string> }): SafeHtml =>
  html`<form class="inline" method="post" action="/_sandbox/${args.path}">
    ${Object.entries({ _: '', ...args.fields }).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}
    <button type="submit" ${args.of === undefined ? null : html`aria-label="${args.label}: ${args.of}"`}>
      ${args.label}
    </button>
  </form>`

/** The buttons that make the next call of the API go wrong, where its faults are those of the frame. */
export const callFaultKnobs: SafeHtml = html`${knob({ path: 'faults/api', label: 'Next call answers 500', fields: { kind: 'server_error' } })}
${knob({ path: 'faults/api', label: 'Too many calls', fields: { kind: 'rate_limit' } })}
${knob({ path: 'faults/api', label: 'Lose the next answer', fields: { kind: 'disconnect', applied: 'true' } })}`
