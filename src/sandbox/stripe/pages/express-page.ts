import { secondsOf, find, type World } from '../world'
import { html } from '../../shared/html'
import { htmlResponse } from '../../shared/page-layout'
import { layout } from './layout'
import { money } from './status-parts'

/** `GET /express/{secret}`: what the holder of a connected account sees of it, once for each login link. */
export const openLoginLink = async (
  world: World,
  { secret, afterChange }: { secret: string; afterChange: () => Promise<void> },
): Promise<Response> => {
  const link = Object.hasOwn(world.state.loginLinks, secret) ? world.state.loginLinks[secret] : undefined
  const account = link && find(world, 'accounts', link.account)
  const now = secondsOf(world)
  if (!link || !account || link.isUsed || link.expiresAt <= now) {
    const body = html`<section class="card"><h1>This link is not good any more</h1></section>`
    return htmlResponse(layout({ title: 'Link expired', body }), 410)
  }
  link.isUsed = true
  await afterChange()
  const balances = world.balances.read(account.id, now)
  return htmlResponse(
    layout({
      title: 'Your payouts',
      body: html`<section class="card narrow">
        <h1>Your payouts</h1>
        <p class="soft">${account.email ?? account.id}</p>
        ${
          balances.length
            ? html`<dl class="items">
                ${balances.map(
                  ({ currency, available, pending }) =>
                    html`<div>
                      <dt>To be paid out${pending ? html` (${money(pending, currency)} on its way)` : null}</dt>
                      <dd>${money(available, currency)}</dd>
                    </div>`,
                )}
              </dl>`
            : html`<p>Nothing was transferred yet.</p>`
        }
      </section>`,
    }),
  )
}
