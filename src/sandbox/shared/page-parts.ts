import { html, type SafeHtml } from './html'

/** An instant as it is shown: epoch ms, in UTC. */
export const timeText = (ms: number): SafeHtml => {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`
}

/** A table under a heading, or that there is nothing yet. */
export const section = (args: { title: string; columns: readonly string[]; rows: readonly SafeHtml[] }): SafeHtml =>
  html`<section>
    <h2>${args.title}</h2>
    ${
      args.rows.length
        ? html`<div class="card scroll" tabindex="0" role="region" aria-label="${args.title}">
            <table>
              <thead>
                <tr>
                  ${args.columns.map((column) => html`<th scope="col">${column}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${args.rows}
              </tbody>
            </table>
          </div>`
        : html`<p class="soft">None yet.</p>`
    }
  </section>`

/** A button that turns a knob. `about` tells several of the same name apart, for whoever cannot see where it stands. */
export const knob = (path: string, label: string, fields: Record<string, string> = {}, about?: string): SafeHtml =>
  html`<form class="inline" method="post" action="/_sandbox/${path}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button type="submit" ${about ? html`aria-label="${label}: ${about}"` : null}>${label}</button>
  </form>`
