'use client'

import type { CurrencyOverview, MoneyDay } from '#payments/ledger/compute-money-overview'
import { useWords } from '../lib/use-words'

const width = 720
const height = 200
const margin = { top: 12, bottom: 24 }

/** Of a date without a time: `2026-12-04`. */
const dayTextIn = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(day))

/** How much comes in, and how much goes out, on the day with the most. */
const extentOf = (days: readonly MoneyDay[]) => ({
  up: Math.max(1, ...days.map(({ collected }) => collected)),
  down: Math.max(0, ...days.map(({ refunded, paidOut }) => Math.max(0, refunded) + Math.max(0, paidOut))),
})

const legend = [
  { name: 'collected', label: 'Collected' },
  { name: 'refunded', label: 'Refunded' },
  { name: 'paid-out', label: 'Paid out' },
] as const

/** What came in above the line and what went out below it, day by day. The table beside it says the same in figures. */
export const DayChart = ({ currency, days, moved }: Pick<CurrencyOverview, 'currency' | 'days' | 'moved'>) => {
  const { say, money, locale } = useWords()
  const { up, down } = extentOf(days)
  const room = height - margin.top - margin.bottom
  const scale = room / (up + down)
  const zero = margin.top + up * scale
  const step = width / Math.max(1, days.length)
  const bar = Math.max(1, step * 0.7)
  const amountText = (amount: number) => money(amount, currency) ?? String(amount)
  const dayText = (day: string) => dayTextIn(day, locale)
  const sumsOf = ({ collected, refunded, paidOut }: Pick<MoneyDay, 'collected' | 'refunded' | 'paidOut'>) =>
    say('{collected} collected, {refunded} refunded, {paidOut} paid out', {
      collected: amountText(collected),
      refunded: amountText(refunded),
      paidOut: amountText(paidOut),
    })
  const name = say('{currency} by day: {summary} in {days} days.', {
    currency,
    summary: sumsOf(moved),
    days: days.length,
  })
  // As many dates as fit beside each other.
  const every = Math.max(1, Math.ceil(days.length / 8))
  return (
    <figure className="parley-chart">
      <svg aria-label={name} role="img" viewBox={`0 0 ${width} ${height}`}>
        {days.map(({ day, collected, refunded, paidOut }, index) => {
          const x = index * step + (step - bar) / 2
          const [into, back, out] = [collected, Math.max(0, refunded), Math.max(0, paidOut)].map((sum) => sum * scale)
          return (
            <g key={day}>
              <title>{`${dayText(day)}: ${sumsOf({ collected, refunded, paidOut })}`}</title>
              <rect className="parley-chart__hit" height={room} width={step} x={index * step} y={margin.top} />
              <rect className="parley-chart__collected" height={into} width={bar} x={x} y={zero - (into ?? 0)} />
              <rect className="parley-chart__refunded" height={back} width={bar} x={x} y={zero} />
              <rect className="parley-chart__paid-out" height={out} width={bar} x={x} y={zero + (back ?? 0)} />
              {index % every === 0 ? (
                <text className="parley-chart__day" x={x} y={height - 6}>
                  {dayText(day)}
                </text>
              ) : null}
            </g>
          )
        })}
        <line className="parley-chart__zero" x1={0} x2={width} y1={zero} y2={zero} />
      </svg>
      <figcaption>
        <ul className="parley-legend">
          {legend.map(({ name, label }) => (
            <li key={name}>
              <span aria-hidden className={`parley-legend__sign parley-legend__sign--${name}`} />
              {say(label)}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}

/** The figures behind the chart; days on which nothing moved are left out. */
export const DayTable = ({ currency, days }: Pick<CurrencyOverview, 'currency' | 'days'>) => {
  const { say, money, locale } = useWords()
  const moved = days.filter(({ collected, refunded, fees, paidOut, disputed }) =>
    [collected, refunded, fees, paidOut, disputed].some((amount) => amount !== 0),
  )
  if (!moved.length) return <p className="parley-quiet">{say('Nothing moved in these days.')}</p>
  const amountText = (amount: number) => money(amount, currency)
  return (
    <details>
      <summary>{say('Figures by day')}</summary>
      {/* A wide table scrolls by itself, so the keyboard has to reach it. */}
      <div aria-label={say('{currency} by day', { currency })} className="parley-table-wrap" role="region" tabIndex={0}>
        <table className="parley-table parley-table--figures">
          <thead>
            <tr>
              <th scope="col">{say('Day')}</th>
              <th scope="col">{say('Collected')}</th>
              <th scope="col">{say('Refunded')}</th>
              <th scope="col">{say('Our fee')}</th>
              <th scope="col">{say('Paid out')}</th>
              <th scope="col">{say('Disputed')}</th>
            </tr>
          </thead>
          <tbody>
            {moved.toReversed().map(({ day, collected, refunded, fees, paidOut, disputed }) => (
              <tr key={day}>
                <th scope="row">{dayTextIn(day, locale)}</th>
                <td>{amountText(collected)}</td>
                <td>{amountText(refunded)}</td>
                <td>{amountText(fees)}</td>
                <td>{amountText(paidOut)}</td>
                <td>{amountText(disputed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
