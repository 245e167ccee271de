import type { PayloadRequest } from 'payload'
import { readFromReplica } from '#database/replica'
import { withTransaction } from '#database/transactions'
import { computeMoneyOverview, type CurrencyOverview } from './compute-money-overview'
import {
  listDueDisputes,
  listFailedEvents,
  listFailedRefunds,
  listShownFindings,
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

const atOneMoment = { isolationLevel: 'repeatable read' } as const

type Period = { from: number; until: number }

/** What was moved and where it stands now, by currency. */
const readSums = (req: PayloadRequest, period: Period): Promise<CurrencyOverview[]> =>
  withTransaction(
    req,
    async (tx) =>
      computeMoneyOverview({
        period,
        payouts: await sumOpenPayouts(tx),
        byDay: await sumByDay(tx, period),
        balances: await readLedgerBalances(tx),
        debts: await sumOpenDebts(tx),
        disputes: await sumOpenDisputes(tx),
      }),
    atOneMoment,
  )

/** What waits for somebody, who looks here whether what they have just done has worked. */
const readAttention = (req: PayloadRequest) =>
  withTransaction(
    req,
    async (tx) => {
      const payouts = await sumOpenPayouts(tx)
      const held: PayoutSum[] = payouts.filter(({ status }) => status === 'held')
      return {
        reconciliation: await readReconciliation(tx),
        attention: {
          refunds: await listFailedRefunds(tx),
          toReturn: await listRefundsToReturn(tx),
          held,
          disputes: await listDueDisputes(tx),
          events: await listFailedEvents(tx),
          differences: await listShownFindings(tx),
          consultants: await listUnpayableConsultants(tx),
        },
      }
    },
    atOneMoment,
  )

/**
 * Everything about money, for operations. `period` is in epoch ms, on midnight in UTC. Sums, which read most of the books, are of one moment and may come from the
 * replica; what waits for somebody is of one moment at the primary.
 */
export const readMoneyOverview = async (req: PayloadRequest, period: Period) => {
  const currencies = await readFromReplica(req, (reading) => readSums(reading, period), { atOneMoment: true })
  return { currencies, ...(await readAttention(req)) }
}

export type MoneyOverviewFacts = Awaited<ReturnType<typeof readMoneyOverview>>
