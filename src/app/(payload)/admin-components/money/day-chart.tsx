import { Temporal } from 'temporal-polyfill'
import type { CurrencyOverview, MoneyDay } from '#payments/ledger/compute-money-overview'
import { adminLocale } from '../lib/admin-locale'
import { moneyText } from '../lib/money-text'

const width = 720
const height = 200
const margin = { top: 12, bottom: 24 }

const dayText = (day: string): string =>
  Temporal.PlainDate.from(day).toLocaleString(adminLocale, { day: 'numeric', month: 'short' })

/** How much comes in, and how much goes out, on the day with the most. */
const extentOf = (days: readonly MoneyDay[]) => ({
  up: Math.max(1, ...days.map(({ collected }) => collected)),
  down: Math.max(0, ...days.map(({ refunded, paidOut }) => Math.max(0, refunded) + Math.max(0, paidOut))),
})

const legend = [
  { name: 'collected', label: 'Collected' },
  { name: 'refunded', label: 'Refunded' },
  { name: 'paid-out', label: 'Paid out' },
]

/** What came in above the line and what went out below it, day by day. The table beside it says the same in figures. */
export const DayChart = ({ currency, days, moved }: Pick<CurrencyOverview, 'currency' | 'days' | 'moved'>) => {
  const { up, down } = extentOf(days)
  const room = height - margin.top - margin.bottom
  const scale = room / (up + down)
  const zero = margin.top + up * scale
  const step = width / Math.max(1, days.length)
  const bar = Math.max(1, step * 0.7)
  const money = (amount: number) => moneyText(amount, currency) ?? String(amount)
  const summary = `${money(moved.collected)} collected, ${money(moved.refunded)} refunded, ${money(moved.paidOut)} paid out in ${days.length} days.`
  // As many dates as fit beside each other.
  const every = Math.max(1, Math.ceil(days.length / 8))
  return (
    <figure className="parley-chart">
      <svg aria-label={`${currency} by day: ${summary}`} role="img" viewBox={`0 0 ${width} ${height}`}>
        {days.map(({ day, collected, refunded, paidOut }, index) => {
          const x = index * step + (step - bar) / 2
          const [into, back, out] = [collected, Math.max(0, refunded), Math.max(0, paidOut)].map((sum) => sum * scale)
          return (
            <g key={day}>
              <title>{`${dayText(day)}: ${money(collected)} collected, ${money(refunded)} refunded, ${money(paidOut)} paid out`}</title>
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
              {label}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}

/** The figures behind the chart; days on which nothing moved are left out. */
export const DayTable = ({ currency, days }: Pick<CurrencyOverview, 'currency' | 'days'>) => {
  const moved = days.filter(({ collected, refunded, fees, paidOut, disputed }) =>
    [collected, refunded, fees, paidOut, disputed].some((amount) => amount !== 0),
  )
  if (!moved.length) return <p className="parley-quiet">Nothing moved in these days.</p>
  const money = (amount: number) => moneyText(amount, currency)
  return (
    <details>
      <summary>Figures by day</summary>
      {/* A wide table scrolls by itself, so the keyboard has to reach it. */}
      <div aria-label={`${currency} by day`} className="parley-table-wrap" role="region" tabIndex={0}>
        <table className="parley-table parley-table--figures">
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Collected</th>
              <th scope="col">Refunded</th>
              <th scope="col">Our fee</th>
              <th scope="col">Paid out</th>
              <th scope="col">Disputed</th>
            </tr>
          </thead>
          <tbody>
            {moved.toReversed().map(({ day, collected, refunded, fees, paidOut, disputed }) => (
              <tr key={day}>
                <th scope="row">{dayText(day)}</th>
                <td>{money(collected)}</td>
                <td>{money(refunded)}</td>
                <td>{money(fees)}</td>
                <td>{money(paidOut)}</td>
                <td>{money(disputed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
