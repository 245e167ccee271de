import { find, type World } from '../world'
import { html } from '../../shared/html'
import { htmlResponse } from '../../shared/page-layout'
import { layout } from './layout'
import { money } from './status-parts'

/** `GET /receipts/{charge}`: what `receipt_url` of a charge leads to. */
export const receiptPage = (world: World, chargeId: string): Response => {
  const charge = find(world, 'charges', chargeId)
  if (!charge?.captured) {
    const body = html`<section class="card"><h1>There is no such receipt</h1></section>`
    return htmlResponse(layout({ title: 'Not found', body }), 404)
  }
  const amount = (value: number) => money(value, charge.currency)
  const card = charge.payment_method_details?.card
  return htmlResponse(
    layout({
      title: 'Receipt',
      body: html`<section class="card">
        <h1>Receipt</h1>
        <p class="total">${amount(charge.amount_captured)}</p>
        <dl class="items">
          <div>
            <dt>${charge.description ?? 'Payment'}</dt>
            <dd>${amount(charge.amount_captured)}</dd>
          </div>
          <div>
            <dt>Paid</dt>
            <dd>${new Date(charge.created * 1000).toISOString().slice(0, 10)}</dd>
          </div>
          <div>
            <dt>With</dt>
            <dd>${card ? `${card.brand ?? ''} •••• ${card.last4 ?? ''}` : 'Bank debit'}</dd>
          </div>
          ${
            charge.amount_refunded
              ? html`<div>
                  <dt>Returned</dt>
                  <dd>${amount(charge.amount_refunded)}</dd>
                </div>`
              : null
          }
        </dl>
      </section>`,
    }),
  )
}
