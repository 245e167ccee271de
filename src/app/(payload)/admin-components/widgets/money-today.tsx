import type { WidgetServerProps } from 'payload'
import { formatAdminURL } from 'payload/shared'
import { isStaff } from '#access/roles'
import { computeMoneyMoved } from '#payments/ledger/compute-money-overview'
import { sumByDay } from '#payments/ledger/money-overview-queries'
import { dayMs } from '#shared/time'
import { moneyText } from '../lib/money-text'
import { todayWords } from '../today/today-words'
import { Widget } from '../today/widget'

/** What came in and went out since midnight (UTC), by currency, for staff. One statement. */
export const MoneyToday = async ({ req }: WidgetServerProps) => {
  const { money: words, staffAlone } = todayWords(req.i18n.language)
  if (!isStaff(req)) return <Widget title={words.title}>{staffAlone}</Widget>
  const now = Date.now()
  const from = now - (now % dayMs)
  const moved = computeMoneyMoved(await sumByDay(req, { from, until: from + dayMs }))
  const day = new Date(from).toISOString().slice(0, 10)
  const href = `${formatAdminURL({ adminRoute: req.payload.config.routes.admin, path: '/money' })}?first=${day}&last=${day}`
  return (
    <Widget title={words.title}>
      {moved.map(({ currency, ...sums }) => (
        <section aria-label={currency} key={currency}>
          <h4>{currency}</h4>
          <dl className="parley-figures">
            {(['collected', 'refunded', 'paidOut'] as const).map((column) => (
              <div key={column}>
                <dt>{words[column]}</dt>
                <dd>{moneyText(sums[column], currency)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {moved.length ? null : <p className="parley-quiet">{words.none}</p>}
      <p>
        <a href={href}>{words.more}</a> <span className="parley-quiet">{words.note}</span>
      </p>
    </Widget>
  )
}
