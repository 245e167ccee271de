import type { LedgerKind } from './ledger-kinds'
import type { CountedSum, DaySum, LedgerBalance, PayoutSum } from './money-overview-queries'
import { dayMs } from '#shared/time'

/** What moved in a time, in minor units of one currency. What went out is positive as well: it is named by its column. */
export type MoneyMoved = { collected: number; refunded: number; fees: number; paidOut: number; disputed: number }
export type MoneyDay = MoneyMoved & {
  /** A date in UTC. */
  day: string
}
export type Counted = { count: number; amount: number }

/** One currency of the money overview; never added up with another. */
export type CurrencyOverview = {
  currency: string
  /** Of the chosen period. */
  moved: MoneyMoved
  /** What of the collected never came to Stripe. */
  collectedElsewhere: number
  days: MoneyDay[]
  /** As of now. */
  notDue: Counted
  due: Counted
  held: Counted
  debts: Counted
  disputes: Counted
  /** What lies at Stripe according to the books, and whose it is. */
  cash: number
  platform: number
  owed: number
}

const columnOf: Partial<Record<LedgerKind, { column: keyof MoneyMoved; factor: 1 | -1 }>> = {
  charge: { column: 'collected', factor: 1 },
  charge_elsewhere: { column: 'collected', factor: 1 },
  refund: { column: 'refunded', factor: -1 },
  refund_elsewhere: { column: 'refunded', factor: -1 },
  refund_failed: { column: 'refunded', factor: -1 },
  platform_fee: { column: 'fees', factor: 1 },
  platform_fee_refund: { column: 'fees', factor: 1 },
  platform_fee_refund_failed: { column: 'fees', factor: 1 },
  transfer: { column: 'paidOut', factor: -1 },
  transfer_reversal: { column: 'paidOut', factor: -1 },
  dispute: { column: 'disputed', factor: -1 },
  dispute_won: { column: 'disputed', factor: -1 },
}

const nothing = (): MoneyMoved => ({ collected: 0, refunded: 0, fees: 0, paidOut: 0, disputed: 0 })

/** The dates from that of `from` to that of the last moment before `until`; epoch ms, both on midnight in UTC. */
export const datesBetween = ({ from, until }: { from: number; until: number }): string[] =>
  Array.from({ length: Math.round((until - from) / dayMs) }, (_, index) =>
    new Date(from + index * dayMs).toISOString().slice(0, 10),
  )

const sumOf = (rows: readonly Counted[]): Counted =>
  rows.reduce((sum, { count, amount }) => ({ count: sum.count + count, amount: sum.amount + amount }), {
    count: 0,
    amount: 0,
  })

/** What moved in a time, by currency, in the order of their codes. */
export const computeMoneyMoved = (byDay: readonly DaySum[]): (MoneyMoved & { currency: string })[] => {
  const sums = new Map<string, MoneyMoved>()
  for (const { currency, kind, amount } of byDay) {
    const place = columnOf[kind]
    if (!place) continue
    const moved = sums.get(currency) ?? nothing()
    moved[place.column] += amount * place.factor
    sums.set(currency, moved)
  }
  return [...sums]
    .map(([currency, moved]) => ({ currency, ...moved }))
    .sort((one, other) => (one.currency < other.currency ? -1 : 1))
}

/** Everything about money, a part for each currency in the order of their codes. */
export const computeMoneyOverview = ({
  period,
  byDay,
  balances,
  payouts,
  debts,
  disputes,
}: {
  period: { from: number; until: number }
  byDay: readonly DaySum[]
  balances: readonly LedgerBalance[]
  payouts: readonly PayoutSum[]
  debts: readonly CountedSum[]
  disputes: readonly CountedSum[]
}): CurrencyOverview[] => {
  const dates = datesBetween(period)
  const isOf = (currency: string) => (row: { currency: string }) => row.currency === currency
  return balances.map(({ currency, cash, platform, consultant }) => {
    const days = new Map(dates.map((day): [string, MoneyDay] => [day, { day, ...nothing() }]))
    const moved = nothing()
    let collectedElsewhere = 0
    for (const { day, kind, amount } of byDay.filter(isOf(currency))) {
      const place = columnOf[kind]
      const of = days.get(day)
      if (!place || !of) continue
      of[place.column] += amount * place.factor
      moved[place.column] += amount * place.factor
      if (kind === 'charge_elsewhere') collectedElsewhere += amount
    }
    const open = payouts.filter(isOf(currency))
    return {
      currency,
      moved,
      collectedElsewhere,
      days: [...days.values()],
      notDue: sumOf(open.filter(({ status }) => status === 'not_due')),
      due: sumOf(open.filter(({ status }) => status === 'due')),
      held: sumOf(open.filter(({ status }) => status === 'held')),
      debts: sumOf(debts.filter(isOf(currency))),
      disputes: sumOf(disputes.filter(isOf(currency))),
      cash,
      platform,
      owed: consultant,
    }
  })
}
