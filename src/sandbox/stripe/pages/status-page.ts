import { formatMoney } from '../../../shared/money'
import type { StripeSandboxControl } from '../control'
import { html, type SafeHtml } from '../../shared/html'
import { layout } from './layout'

const shown = 25

const money = (amount: number, currency: string): string =>
  formatMoney({ amount, currency: currency.toUpperCase() }, 'en-GB')

const time = (seconds: number): SafeHtml => {
  const iso = new Date(seconds * 1000).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`
}

const latest = <T>(table: Record<string, T>): T[] => Object.values(table).slice(-shown).reverse()

const table = (args: { title: string; columns: string[]; rows: SafeHtml[] }): SafeHtml =>
  html`<section>
    <h2>${args.title}</h2>
    ${
      args.rows.length
        ? html`<div class="card scroll">
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

const button = (path: string, label: string, fields: Record<string, string> = {}): SafeHtml =>
  html`<form class="inline" method="post" action="/_sandbox/${path}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button type="submit">${label}</button>
  </form>`

const checkouts = (control: StripeSandboxControl): SafeHtml[] =>
  latest(control.tables().checkout_sessions).map(
    (session) =>
      html`<tr>
        <td>${time(session.created)}</td>
        <td>${money(session.amount_total ?? 0, session.currency ?? '')}</td>
        <td>${session.customer_details?.email ?? session.customer_email}</td>
        <td>${session.status}, ${session.payment_status}</td>
        <td><code>${session.payment_intent ?? session.id}</code></td>
        <td>
          ${session.url ? html`<a href="${session.url}">Open</a>` : null}
          ${session.status === 'open' ? button(`checkouts/${session.id}/expire`, 'Expire') : null}
        </td>
      </tr>`,
  )

const payments = (control: StripeSandboxControl): SafeHtml[] =>
  latest(control.tables().payment_intents).map((intent) => {
    const charge = intent.latest_charge ? control.tables().charges[intent.latest_charge] : undefined
    const canRefund = intent.status === 'succeeded' && charge && !charge.refunded
    return html`<tr>
      <td>${time(intent.created)}</td>
      <td>${money(intent.amount, intent.currency)}</td>
      <td>${intent.status.replaceAll('_', ' ')}</td>
      <td>${charge?.captured && charge.amount_refunded ? money(charge.amount_refunded, charge.currency) : null}</td>
      <td><code>${intent.id}</code></td>
      <td>
        ${canRefund ? button(`payment-intents/${intent.id}/refund`, 'Refund the rest', { amount: '' }) : null}
        ${
          intent.status === 'processing'
            ? [
                button(`debits/${intent.id}/settle`, 'Money arrives', { how: 'succeeded' }),
                button(`debits/${intent.id}/settle`, 'Bank refuses', { how: 'failed' }),
              ]
            : null
        }
      </td>
    </tr>`
  })

const refunds = (control: StripeSandboxControl): SafeHtml[] =>
  latest(control.tables().refunds).map(
    (refund) =>
      html`<tr>
        <td>${time(refund.created)}</td>
        <td>${money(refund.amount, refund.currency)}</td>
        <td>${refund.status}</td>
        <td><code>${refund.id}</code></td>
        <td>
          ${refund.status === 'pending' ? button(`refunds/${refund.id}/settle`, 'Arrives', { _: '' }) : null}
          ${
            refund.status === 'pending' || refund.status === 'succeeded'
              ? button(`refunds/${refund.id}/fail`, 'Fails', { reason: 'expired_or_canceled_card' })
              : null
          }
        </td>
      </tr>`,
  )

const events = (control: StripeSandboxControl): SafeHtml[] =>
  latest(control.tables().events).map((event) => {
    const last = control.deliveries(event.id).at(-1)
    const state = last
      ? html`<span class="${last.outcome === 'delivered' ? 'good' : 'bad'}"
          >${last.outcome}${last.status === null ? null : ` (${last.status})`}, attempt ${last.attempt}</span
        >`
      : html`<span class="soft">${event.pending_webhooks ? 'waiting' : 'nobody listens'}</span>`
    return html`<tr>
      <td>${time(event.created)}</td>
      <td>${event.type}</td>
      <td>${state}</td>
      <td><code>${event.id}</code></td>
      <td>${button(`events/${event.id}/resend`, 'Send again', { _: '' })}</td>
    </tr>`
  })

const knobs = html`<section>
  <h2>What happens next</h2>
  <div class="card buttons">
    ${button('faults/decline', 'Decline the next card', { code: 'generic_decline' })}
    ${button('faults/refund', 'Next refund fails', { behaviour: 'fail_at_once' })}
    ${button('faults/api', 'Next call answers 500', { kind: 'server_error' })}
    ${button('faults/api', 'Lose the next answer', { kind: 'lose' })}
    ${button('faults/webhooks', 'Drop the next event', { kind: 'drop' })}
    ${button('faults/webhooks', 'Double the next event', { kind: 'duplicate' })}
    ${button('webhooks/hold', 'Hold events back', { _: '' })}
    ${button('webhooks/release', 'Let them go', { order: 'as_happened' })}
    ${button('clock', 'One hour later', { advanceMs: '3600000' })}
    ${button('clock', 'One day later', { advanceMs: '86400000' })}
    ${button('faults/clear', 'Forget all this', { _: '' })}
  </div>
</section>`

/** The page at `/`: what was paid, returned and told lately, and the knobs that make things go wrong. */
export const statusPage = (
  control: StripeSandboxControl,
  { inspectorUrl }: { inspectorUrl?: string | undefined },
): string => {
  const endpoint = control.webhook()
  return layout({
    title: 'Stripe sandbox',
    body: html`<h1>Stripe sandbox</h1>
      <p class="soft">
        It is ${time(Math.floor(control.now() / 1000))} UTC here. Events go to
        ${endpoint ? html`<code>${endpoint.url}</code>` : 'nobody'}.
        ${inspectorUrl ? html`<a href="${inspectorUrl}">Look at the API calls</a>` : null}
      </p>
      ${knobs}
      ${table({ title: 'Checkouts', columns: ['Made', 'Amount', 'Customer', 'State', 'Id', 'Actions'], rows: checkouts(control) })}
      ${table({ title: 'Payments', columns: ['Made', 'Amount', 'State', 'Returned', 'Id', 'Actions'], rows: payments(control) })}
      ${table({ title: 'Refunds', columns: ['Made', 'Amount', 'State', 'Id', 'Actions'], rows: refunds(control) })}
      ${table({ title: 'Events', columns: ['When', 'What', 'Delivery', 'Id', 'Actions'], rows: events(control) })}`,
  })
}
