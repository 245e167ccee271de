import type { Payload, PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { decideAccountNews } from './decide-account-news'
import { decideAccountState } from './decide-account-state'
import {
  type AccountReading,
  findPayoutAccountById,
  listPaymentsHeldForAccount,
  listStaleAccounts,
  lockPayoutAccount,
  mirrorPayoutAccount,
  type PayoutAccountRow,
  storeAccountReading,
} from './payout-account-queries'
import { payoutAccountStates, type PayoutAccountState } from './payout-account-states'
import { settlePayoutJob } from '../payout/settle-payout-job'
import { storeNewestReading } from '../stripe-events/store-newest-reading'
import { type ConnectedAccount, toConnectedAccount } from '../stripe/account-facts'
import { retrieveAccount } from '../stripe/accounts'

/** Of an account that is not connected any more nothing is known but its id. */
const gone = (stripeAccountId: string): AccountReading => ({
  stripeAccountId,
  status: 'disconnected',
  country: null,
  defaultCurrency: null,
  email: null,
  transfersCapability: null,
  payoutsEnabled: false,
  detailsSubmitted: false,
  requirements: null,
  disabledReason: null,
  deadline: null,
})

const toReading = (account: ConnectedAccount): AccountReading => ({
  ...account,
  stripeAccountId: account.id,
  status: decideAccountState(account),
})

const isPayable = ({ status }: { status: PayoutAccountState }): boolean => payoutAccountStates[status].isPayable

/**
 * Stores what Stripe says of an account and what follows from it: the profile shows it, people are told, and what was held
 * for the account is settled once it can be paid. The row is locked, and the reading is the newest one.
 * @param args.truth undefined: not connected any more.
 */
export const applyAccountReading = async (
  req: PayloadRequest,
  args: { row: PayoutAccountRow; stripeAccountId: string; truth: ConnectedAccount | undefined },
): Promise<void> => {
  const { row, truth } = args
  const reading = truth ? toReading(truth) : gone(args.stripeAccountId)
  await storeAccountReading(req, row.id, reading)
  await mirrorPayoutAccount(req, row.id)
  if (isPayable(reading) && !isPayable(row)) {
    const held = await listPaymentsHeldForAccount(req, row.consultantId)
    await enqueue(req, ...held.map((paymentId) => settlePayoutJob(paymentId)))
  }
  if (payoutAccountStates[reading.status].isPayable) {
    const held = await listPaymentsHeldForAccount(req, row.consultantId)
    await enqueue(req, ...held.map((paymentId) => settlePayoutJob(paymentId)))
  }
  const news = decideAccountNews(row, reading)
  if (news) {
    await enqueue(req, {
      task: 'follow-payout-account',
      errand: { payoutAccountId: row.id, news, occasion: `${row.attempt}:${row.syncedAt ?? 0}` },
    })
  }
}

/**
 * Reads an account at Stripe and stores what it says. May run any number of times, at once and in any order.
 * @throws ProviderError when Stripe cannot be asked.
 */
export const syncPayoutAccount = async (payload: Payload, payoutAccountId: string): Promise<void> => {
  await storeNewestReading(payload, {
    find: async (req) => {
      const row = await findPayoutAccountById(req, payoutAccountId)
      return row?.stripeAccountId ? { ...row, stripeAccountId: row.stripeAccountId } : undefined
    },
    lock: (req) => lockPayoutAccount(req, payoutAccountId),
    read: async ({ stripeAccountId }) => {
      const account = await retrieveAccount(stripeAccountId)
      return { stripeAccountId, truth: account && toConnectedAccount(account) }
    },
    store: (req, row, reading) => applyAccountReading(req, { row, ...reading }),
  })
}

/** Finds what events missed: accounts that were not read for a while are read again. */
export const syncStaleAccounts = async (payload: Payload): Promise<void> => {
  const ids = await listStaleAccounts(payload)
  await withTransaction(payload, (req) =>
    enqueue(
      req,
      ...ids.map((payoutAccountId) => ({
        task: 'sync-payout-account' as const,
        payload: { payoutAccountId },
        key: `sync-payout-account:${payoutAccountId}`,
      })),
    ),
  )
}
