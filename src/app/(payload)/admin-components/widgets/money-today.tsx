import type { WidgetServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { isStaff } from '#access/roles'
import { computeMoneyMoved } from '#payments/ledger/compute-money-overview'
import { sumByDay } from '#payments/ledger/money-overview-queries'
import { dayMs } from '#shared/time'
import { Widget } from '../today/widget'
import { adminWords } from '../words/admin-words'

const columns = { collected: 'Collected today', refunded: 'Refunded today', paidOut: 'Paid out today' } as const

/** What came in and went out since midnight (UTC), by currency, for staff. One statement. */
export const MoneyToday = async ({ req }: WidgetServerProps) => {
  const { say, money } = adminWords(req.i18n.language)
  const title = say('Money today')
  if (!isStaff(req)) return <Widget title={title}>{say('This is for operations.')}</Widget>
  const now = Date.now()
  const from = now - (now % dayMs)
  const moved = computeMoneyMoved(await sumByDay(req, { from, until: from + dayMs }))
  const day = new Date(from).toISOString().slice(0, 10)
  const href = `${formatAdminURL({ adminRoute: req.payload.config.routes.admin, path: '/money' })}?first=${day}&last=${day}`
  return (
    <Widget title={title}>
      {moved.map(({ currency, ...sums }) => (
        <section aria-label={currency} key={currency}>
          <h4>{currency}</h4>
          <dl className="parley-figures">
            {(['collected', 'refunded', 'paidOut'] as const).map((column) => (
              <div key={column}>
                <dt>{say(columns[column])}</dt>
                <dd>{money(sums[column], currency)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {moved.length ? null : <p className="parley-quiet">{say('No money has moved today.')}</p>}
      <p>
        <a href={href}>{say('All about money')}</a> <span className="parley-quiet">{say('The day in UTC')}</span>
      </p>
    </Widget>
  )
}
