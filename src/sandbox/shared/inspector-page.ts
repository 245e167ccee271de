import type { LedgerEntry } from './call-ledger'
import { callSection } from './call-rows'
import { html } from './html'
import { pageLayout } from './page-layout'

/** The calls of a sandbox and everything that it knows, for whoever looks for a fault in it. */
export const inspectorPage = (args: { name: string; calls: readonly LedgerEntry[]; state: object }): string =>
  pageLayout({
    title: `${args.name} sandbox: what it knows`,
    notice: `${args.name} sandbox: nothing here is real.`,
    body: html`<h1>What the sandbox knows</h1>
      ${callSection(args.calls)}
      <section>
        <h2>State</h2>
        <pre class="card scroll" tabindex="0">${JSON.stringify(args.state, null, 2)}</pre>
      </section>`,
  })
