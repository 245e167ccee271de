import { html, type SafeHtml } from '../../shared/html'
import type { StripeSandboxControl } from '../control'
import { apiFaultKinds } from '../faults'
import { disputeReasons } from '../payments/open-dispute'
import type { StoredPaymentIntent } from '../stored-objects'
import { layout } from './layout'
import { callSection } from '../../shared/call-rows'
import { knob, section, timeText } from '../../shared/page-parts'
import { knobForm, latest, money, statusStyles } from './status-parts'

const code = (text: string | null | undefined): SafeHtml | null => (text ? html`<code>${text}</code>` : null)

const words = (text: string | null | undefined): string => (text ?? '').replaceAll('_', ' ')

const checkouts = (control: StripeSandboxControl): SafeHtml =>
  section({
    id: 'checkouts',
    title: 'Checkouts',
    columns: ['Made', 'Amount', 'Customer', 'State', 'Id', 'Actions'],
    rows: latest(control.tables().checkout_sessions).map((session) => [
      timeText(session.created * 1000),
      session.amount_total === null ? 'saves a card' : money(session.amount_total, session.currency ?? ''),
      session.customer_details?.email ?? session.customer_email ?? session.customer,
      `${words(session.status)}, ${words(session.payment_status)}`,
      code(session.payment_intent ?? session.setup_intent ?? session.id),
      html`${session.url ? html`<a href="${session.url}">Open the page</a>` : null}
      ${session.status === 'open' ? knob({ path: `checkouts/${session.id}/expire`, label: 'Expire', of: session.id }) : null}`,
    ]),
  })

const paymentActions = (control: StripeSandboxControl, intent: StoredPaymentIntent): SafeHtml | null => {
  const { id } = intent
  if (intent.status === 'processing') {
    const settle = (how: string, label: string) => knob({ path: `debits/${id}/settle`, label, of: id, fields: { how } })
    return html`${settle('succeeded', 'Money arrives')} ${settle('failed', 'Bank refuses')}`
  }
  const charge = control.tables().charges[intent.latest_charge ?? '']
  if (intent.status !== 'succeeded' || !charge) return null
  return html`<details>
    <summary>Refund, dispute</summary>
    ${
      charge.refunded
        ? null
        : knobForm({
            id: `refund-${id}`,
            path: `payment-intents/${id}/refund`,
            title: `Refund ${id}`,
            fields: [
              {
                name: 'amount',
                label: 'Amount in minor units; empty: the rest',
                attributes: html`inputmode="numeric" pattern="[0-9]*"`,
              },
            ],
            submit: 'Refund as in the dashboard',
          })
    }
    ${knobForm({
      id: `dispute-${id}`,
      path: `payments/${id}/dispute`,
      title: `Dispute ${id}`,
      fields: [
        {
          name: 'amount',
          label: 'Amount in minor units; empty: what is left',
          attributes: html`inputmode="numeric" pattern="[0-9]*"`,
        },
        { name: 'reason', label: 'Reason', options: disputeReasons.map((reason) => [reason, words(reason)]) },
        {
          name: 'inquiry',
          label: 'The bank',
          options: [
            ['false', 'takes the money'],
            ['true', 'only asks'],
          ],
        },
      ],
      submit: 'The customer complains',
    })}
  </details>`
}

const payments = (control: StripeSandboxControl): SafeHtml =>
  section({
    id: 'payments',
    title: 'Payments',
    columns: ['Made', 'Amount', 'State', 'Returned', 'Id', 'Actions'],
    rows: latest(control.tables().payment_intents).map((intent) => {
      const charge = control.tables().charges[intent.latest_charge ?? '']
      const returned = charge?.captured ? charge.amount_refunded : 0
      return [
        timeText(intent.created * 1000),
        money(intent.amount, intent.currency),
        `${words(intent.status)}${charge?.disputed ? ', disputed' : ''}`,
        returned ? money(returned, intent.currency) : null,
        code(intent.id),
        paymentActions(control, intent),
      ]
    }),
  })

const refunds = (control: StripeSandboxControl): SafeHtml =>
  section({
    id: 'refunds',
    title: 'Refunds',
    columns: ['Made', 'Amount', 'State', 'Id', 'Actions'],
    rows: latest(control.tables().refunds).map(({ id, created, amount, currency, status }) => [
      timeText(created * 1000),
      money(amount, currency),
      status,
      code(id),
      html`${status === 'pending' ? knob({ path: `refunds/${id}/settle`, label: 'Arrives', of: id }) : null}
      ${
        status === 'pending' || status === 'succeeded'
          ? knob({
              path: `refunds/${id}/fail`,
              label: 'Fails',
              of: id,
              fields: { reason: 'expired_or_canceled_card' },
            })
          : null
      }`,
    ]),
  })

const disputes = (control: StripeSandboxControl): SafeHtml =>
  section({
    id: 'disputes',
    title: 'Disputes',
    columns: ['Made', 'Amount', 'Reason', 'State', 'Answer by', 'Id', 'Actions'],
    rows: latest(control.tables().disputes).map((dispute) => {
      const { id, status } = dispute
      const act = (path: string, label: string) => knob({ path: `disputes/${id}/${path}`, label, of: id })
      const isInquiry = status === 'warning_needs_response' || status === 'warning_under_review'
      const isOpen = status === 'needs_response' || status === 'under_review'
      return [
        timeText(dispute.created * 1000),
        money(dispute.amount, dispute.currency),
        words(dispute.reason),
        words(status),
        isInquiry || isOpen ? timeText((dispute.evidence_details.due_by ?? dispute.created) * 1000) : null,
        code(id),
        isOpen
          ? html`${act('win', 'Won')} ${act('lose', 'Lost')}`
          : isInquiry
            ? html`${act('escalate', 'Becomes a dispute')} ${act('close-inquiry', 'Comes to nothing')}`
            : null,
      ]
    }),
  })

const holdings = (control: StripeSandboxControl, owner?: string): SafeHtml => {
  const balances = control.balances(owner)
  return balances.length
    ? html`${balances.map(
        ({ currency, available, pending }) =>
          html`<div>
            ${money(available, currency)}${pending ? html` <span class="soft">+ ${money(pending, currency)} pending</span>` : null}
          </div>`,
      )}`
    : html`<span class="soft">Nothing</span>`
}

const accounts = (control: StripeSandboxControl): SafeHtml =>
  section({
    id: 'accounts',
    title: 'Connected accounts',
    columns: ['Made', 'Who', 'Transfers', 'Missing', 'Holds', 'Id', 'Actions'],
    rows: latest(control.tables().accounts).map((account) => {
      const { id, requirements } = account
      const act = (path: string, label: string) => knob({ path: `accounts/${id}/${path}`, label, of: id })
      const due = requirements?.currently_due?.length ?? 0
      return [
        timeText((account.created ?? 0) * 1000),
        account.email ?? account.country ?? null,
        account.capabilities?.transfers ?? 'not asked for',
        requirements?.disabled_reason ? words(requirements.disabled_reason) : due ? `${due} details` : null,
        holdings(control, id),
        code(id),
        html`${act('complete', 'Complete')} ${act('restrict', 'Ask for more')} ${act('reject', 'Close for fraud')}
        ${act('pay-out', 'Pay out')} ${act('disconnect', 'Disconnect')}`,
      ]
    }),
  })

const transfers = (control: StripeSandboxControl): SafeHtml =>
  section({
    id: 'transfers',
    title: 'Transfers',
    columns: ['Made', 'Amount', 'Taken back', 'To', 'Out of', 'Id'],
    rows: latest(control.tables().transfers).map((transfer) => [
      timeText(transfer.created * 1000),
      money(transfer.amount, transfer.currency),
      transfer.amount_reversed ? money(transfer.amount_reversed, transfer.currency) : null,
      code(transfer.destination),
      code(transfer.source_transaction ?? 'balance'),
      code(transfer.id),
    ]),
  })

const deliveriesOf = (control: StripeSandboxControl, eventId: string, isWaiting: boolean): SafeHtml => {
  const attempts = control.deliveries(eventId)
  const last = attempts.at(-1)
  if (!last) return html`<span class="soft">${isWaiting ? 'waiting' : 'nobody listens'}</span>`
  const say = ({ outcome, status, error }: typeof last) =>
    html`<span class="${outcome === 'delivered' ? 'good' : 'bad'}"
      >${outcome}${status === null ? null : ` (${status})`}${error === null ? null : `: ${error}`}</span
    >`
  return attempts.length === 1
    ? say(last)
    : html`<details>
        <summary>${say(last)}, ${attempts.length} attempts</summary>
        <ol>
          ${attempts.map((attempt) => html`<li>${timeText(attempt.at)} ${say(attempt)}</li>`)}
        </ol>
      </details>`
}

const events = (control: StripeSandboxControl): SafeHtml =>
  section({
    id: 'events',
    title: 'Events',
    columns: ['When', 'What', 'Account', 'Delivery', 'Id', 'Actions'],
    rows: latest(control.tables().events).map((event) => [
      timeText(event.created * 1000),
      event.type,
      code(event.account),
      deliveriesOf(control, event.id, event.pending_webhooks > 0),
      code(event.id),
      knob({ path: `events/${event.id}/resend`, label: 'Send again', of: `${event.type} ${event.id}` }),
    ]),
  })

const eventTypeField = {
  name: 'eventType',
  label: 'Type; empty: any',
  attributes: html`placeholder="charge.succeeded"`,
}

const knobs = html`<section aria-labelledby="knobs">
  <h2 id="knobs">What happens next</h2>
  <div class="card">
    <div class="buttons">
      ${knob({ path: 'faults/decline', label: 'Decline the next card', fields: { code: 'generic_decline' } })}
      ${knob({ path: 'faults/refund', label: 'Next refund fails', fields: { behaviour: 'fail_at_once' } })}
      ${knob({ path: 'faults/refund', label: 'Next refund fails later', fields: { behaviour: 'fail_later' } })}
      ${knob({ path: 'webhooks/hold', label: 'Hold events back' })}
      ${knob({ path: 'webhooks/release', label: 'Let them go', fields: { order: 'as_happened' } })}
      ${knob({ path: 'webhooks/release', label: 'Let them go the wrong way round', fields: { order: 'reversed' } })}
      ${knob({ path: 'clock', label: 'One hour later', fields: { advanceMs: '3600000' } })}
      ${knob({ path: 'clock', label: 'One day later', fields: { advanceMs: '86400000' } })}
      ${knob({ path: 'clock', label: 'Eight days later', fields: { advanceMs: '691200000' } })}
      ${knob({ path: 'pay-out', label: 'Pay out the platform' })}
      ${knob({ path: 'faults/clear', label: 'Nothing goes wrong any more' })}
    </div>
    <details>
      <summary>More that can go wrong</summary>
      <div class="knobs">
        ${knobForm({
          id: 'api-fault',
          path: 'faults/api',
          title: 'The next calls of the API go wrong',
          fields: [
            { name: 'kind', label: 'What', options: apiFaultKinds.map((kind) => [kind, words(kind)]) },
            {
              name: 'path',
              label: 'Path begins with; empty: any',
              attributes: html`placeholder="/v1/refunds"`,
            },
            { name: 'times', label: 'How many calls', attributes: html`value="1" inputmode="numeric"` },
            { name: 'delayMs', label: 'Delay, ms', attributes: html`inputmode="numeric"` },
          ],
          submit: 'Let calls go wrong',
        })}
        ${knobForm({
          id: 'event-fault',
          path: 'faults/webhooks',
          title: 'The next events go wrong',
          fields: [
            {
              name: 'kind',
              label: 'What',
              options: [
                ['drop', 'is dropped'],
                ['duplicate', 'comes twice'],
                ['delay', 'is late'],
              ],
            },
            eventTypeField,
            { name: 'times', label: 'How many events', attributes: html`value="1" inputmode="numeric"` },
            { name: 'delayMs', label: 'Delay, ms', attributes: html`inputmode="numeric"` },
          ],
          submit: 'Let events go wrong',
        })}
      </div>
      <p>${knob({ path: 'reset', label: 'Forget everything' })}</p>
    </details>
  </div>
</section>`

const sections: readonly (readonly [id: string, title: string])[] = [
  ['balance', 'Balance'],
  ['checkouts', 'Checkouts'],
  ['payments', 'Payments'],
  ['refunds', 'Refunds'],
  ['disputes', 'Disputes'],
  ['accounts', 'Accounts'],
  ['transfers', 'Transfers'],
  ['events', 'Events'],
]

/** The page at `/`: what was paid, returned, disputed, passed on and told lately, and the knobs that make things go wrong. */
export const statusPage = (
  control: StripeSandboxControl,
  { inspectorUrl }: { inspectorUrl?: string | undefined },
): string => {
  const endpoint = control.webhook()
  return layout({
    title: 'Stripe sandbox',
    extra: statusStyles,
    body: html`<h1>Stripe sandbox</h1>
      <p class="soft">
        It is ${timeText(control.now())} UTC here. Events go to
        ${endpoint ? html`<code>${endpoint.url}</code>` : 'nobody'}.
        ${inspectorUrl ? html`<a href="${inspectorUrl}">Look at the API calls</a>` : null}
      </p>
      <nav aria-label="Parts of this page">
        <ul>
          ${sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
        </ul>
      </nav>
      ${knobs}
      <section aria-labelledby="balance">
        <h2 id="balance">Balance of the platform</h2>
        <div class="card">${holdings(control)}</div>
      </section>
      ${checkouts(control)} ${payments(control)} ${refunds(control)} ${disputes(control)} ${accounts(control)}
      ${transfers(control)} ${events(control)} ${callSection(control.calls())}`,
  })
}
