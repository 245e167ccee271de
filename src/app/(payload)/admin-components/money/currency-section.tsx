'use client'

import type { CurrencyOverview } from '#payments/ledger/compute-money-overview'
import { listUrl } from '../lib/list-url'
import { DayChart, DayTable } from './day-chart'
import { useWords } from '../lib/use-words'

type Figure = { label: string; amount: number; note?: string; href?: string; isBad?: boolean }

const Figures = ({ currency, figures, label }: { currency: string; figures: Figure[]; label: string }) => {
  const { money } = useWords()
  return (
    <section aria-label={`${currency}: ${label}`}>
      <h3>{label}</h3>
      <dl className="parley-figures">
        {figures.map(({ label: name, amount, note, href, isBad }) => (
          <div className={isBad ? 'parley-figures--bad' : undefined} key={name}>
            <dt>{href === undefined ? name : <a href={href}>{name}</a>}</dt>
            <dd>
              {money(amount, currency)}
              {note === undefined ? null : <small>{note}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** All about money in one currency. */
export const CurrencySection = ({ overview, adminRoute }: { overview: CurrencyOverview; adminRoute: string }) => {
  const { say, money } = useWords()
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
            label: say('Collected'),
            amount: moved.collected,
            ...(collectedElsewhere
              ? { note: say('of it paid elsewhere: {amount}', { amount: money(collectedElsewhere, currency) ?? '–' }) }
              : {}),
          },
          { label: say('Refunded'), amount: moved.refunded },
          { label: say('Our fee'), amount: moved.fees },
          { label: say('Paid out'), amount: moved.paidOut },
          ...(moved.disputed ? [{ label: say('Taken by disputes'), amount: moved.disputed, isBad: true }] : []),
        ]}
        label={say('In this period')}
      />
      <DayChart currency={currency} days={days} moved={moved} />
      <DayTable currency={currency} days={days} />
      <Figures
        currency={currency}
        figures={[
          {
            label: say('Not due yet'),
            amount: notDue.amount,
            note: notDue.count === 1 ? say('1 payout') : say('{count} payouts', notDue),
            href: list('payments', { 'payout.status': 'not_due', status: 'succeeded' }),
          },
          {
            label: say('Due'),
            amount: due.amount,
            note: due.count === 1 ? say('1 payout') : say('{count} payouts', due),
            href: list('payments', { 'payout.status': 'due' }),
          },
          {
            label: say('Held back'),
            amount: held.amount,
            note: held.count === 1 ? say('1 payout') : say('{count} payouts', held),
            href: list('payments', { 'payout.status': 'held' }),
            isBad: held.count > 0,
          },
          {
            label: say('Debts of consultants'),
            amount: debts.amount,
            note: debts.count === 1 ? say('1 debt') : say('{count} debts', debts),
            href: list('transfers', { kind: 'receivable' }),
            isBad: debts.count > 0,
          },
          {
            label: say('Disputed'),
            amount: disputes.amount,
            note: disputes.count === 1 ? say('1 dispute') : say('{count} disputes', disputes),
            href: list('disputes', {}),
            isBad: disputes.count > 0,
          },
        ]}
        label={say('Open now')}
      />
      <Figures
        currency={currency}
        figures={[
          { label: say('At Stripe, by the books'), amount: cash },
          { label: say('Of it owed to consultants'), amount: owed },
          { label: say('Of it ours'), amount: platform, note: say("after Stripe's fees") },
        ]}
        label={say('Balance')}
      />
    </section>
  )
}
