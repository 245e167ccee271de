import type { LedgerEntry } from './call-ledger'
import { html, type SafeHtml } from './html'
import { section, timeText } from './page-parts'

const shown = 25

const outcome = ({ status, fault }: LedgerEntry): SafeHtml => {
  const isGood = status !== null && status < 400
  return html`<span class="${isGood ? 'good' : 'bad'}">${status ?? 'no answer'}</span> ${fault ? `(${fault})` : null}`
}

/** A path that cannot be decoded is shown as it came. */
const readable = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The latest calls of the API, for the page of a sandbox. */
export const callSection = (calls: readonly LedgerEntry[]): SafeHtml =>
  section({
    title: 'Calls',
    columns: ['When', 'What', 'For', 'Answer'],
    rows: calls
      .slice(-shown)
      .reverse()
      .map((call) => [
        timeText(call.at),
        html`${call.operation}<br /><code>${call.method} ${readable(call.path)}</code>`,
        call.account,
        outcome(call),
      ]),
  })
