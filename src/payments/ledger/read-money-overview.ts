import type { PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { computeMoneyOverview, type CurrencyOverview } from './compute-money-overview'
import {
  listDueDisputes,
  listFailedEvents,
  listFailedRefunds,
  listOpenDifferences,
  listRefundsToReturn,
  listUnpayableConsultants,
  type PayoutSum,
  readLedgerBalances,
  readReconciliation,
  sumByDay,
  sumOpenDebts,
  sumOpenDisputes,
  sumOpenPayouts,
} from './money-overview-queries'

/** Everything about money at one moment, for operations. `period` is in epoch ms, on midnight in UTC. */
export const readMoneyOverview = (req: PayloadRequest, period: { from: number; until: number }) =>
  withTransaction(
    req,
    async (tx) => {
      const payouts = await sumOpenPayouts(tx)
      const currencies: CurrencyOverview[] = computeMoneyOverview({
        period,
        payouts,
        byDay: await sumByDay(tx, period),
        balances: await readLedgerBalances(tx),
        debts: await sumOpenDebts(tx),
        disputes: await sumOpenDisputes(tx),
      })
      const held: PayoutSum[] = payouts.filter(({ status }) => status === 'held')
      return {
        currencies,
        reconciliation: await readReconciliation(tx),
        attention: {
          refunds: await listFailedRefunds(tx),
          toReturn: await listRefundsToReturn(tx),
          held,
          disputes: await listDueDisputes(tx),
          events: await listFailedEvents(tx),
          differences: await listOpenDifferences(tx),
          consultants: await listUnpayableConsultants(tx),
        },
      }
    },
    { isolationLevel: 'repeatable read' },
  )

export type MoneyOverview = Awaited<ReturnType<typeof readMoneyOverview>>
