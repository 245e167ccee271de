import type { Counted, CurrencyOverview } from '#payments/ledger/compute-money-overview'
import { listUrl } from '../lib/list-url'
import { moneyText } from '../lib/money-text'
import { DayChart, DayTable } from './day-chart'

type Figure = { label: string; amount: number; note?: string; href?: string; isBad?: boolean }

const Figures = ({ currency, figures, label }: { currency: string; figures: Figure[]; label: string }) => (
  <section aria-label={`${currency}: ${label}`}>
    <h3>{label}</h3>
    <dl className="parley-figures">
      {figures.map(({ label: name, amount, note, href, isBad }) => (
        <div className={isBad ? 'parley-figures--bad' : undefined} key={name}>
          <dt>{href === undefined ? name : <a href={href}>{name}</a>}</dt>
          <dd>
            {moneyText(amount, currency)}
            {note === undefined ? null : <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  </section>
)

const counted = ({ count }: Counted, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

/** All about money in one currency. */
export const CurrencySection = ({ overview, adminRoute }: { overview: CurrencyOverview; adminRoute: string }) => {
  const { currency, moved, collectedElsewhere, days, notDue, due, held, debts, disputes, cash, platform, owed } =
    overview
  const list = (collection: string, where: Record<string, string>) =>
    listUrl({ adminRoute, collection, where: { ...where, currency } })
  const id = `money-${currency}`
  return (
    <section aria-labelledby={id} className="parley-panel parley-currency">
      <h2 id={id}>{currency}</h2>
      <Figures
        currency={currency}
        figures={[
          {
            label: 'Collected',
            amount: moved.collected,
            ...(collectedElsewhere
              ? { note: `of it paid elsewhere: ${moneyText(collectedElsewhere, currency) ?? ''}` }
              : {}),
          },
          { label: 'Refunded', amount: moved.refunded },
          { label: 'Our fee', amount: moved.fees },
          { label: 'Paid out', amount: moved.paidOut },
          ...(moved.disputed ? [{ label: 'Taken by disputes', amount: moved.disputed, isBad: true }] : []),
        ]}
        label="In this period"
      />
      <DayChart currency={currency} days={days} moved={moved} />
      <DayTable currency={currency} days={days} />
      <Figures
        currency={currency}
        figures={[
          {
            label: 'Not due yet',
            amount: notDue.amount,
            note: counted(notDue, 'payout', 'payouts'),
            href: list('payments', { 'payout.status': 'not_due', status: 'succeeded' }),
          },
          {
            label: 'Due',
            amount: due.amount,
            note: counted(due, 'payout', 'payouts'),
            href: list('payments', { 'payout.status': 'due' }),
          },
          {
            label: 'Held back',
            amount: held.amount,
            note: counted(held, 'payout', 'payouts'),
            href: list('payments', { 'payout.status': 'held' }),
            isBad: held.count > 0,
          },
          {
            label: 'Debts of consultants',
            amount: debts.amount,
            note: counted(debts, 'debt', 'debts'),
            href: list('transfers', { kind: 'receivable' }),
            isBad: debts.count > 0,
          },
          {
            label: 'Disputed',
            amount: disputes.amount,
            note: counted(disputes, 'dispute', 'disputes'),
            href: list('disputes', {}),
            isBad: disputes.count > 0,
          },
        ]}
        label="Open now"
      />
      <Figures
        currency={currency}
        figures={[
          { label: 'At Stripe, by the books', amount: cash },
          { label: 'Of it owed to consultants', amount: owed },
          { label: 'Of it ours', amount: platform, note: "after Stripe's fees" },
        ]}
        label="Balance"
      />
    </section>
  )
}
