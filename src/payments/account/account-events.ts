import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import { findPayoutAccountById, findPayoutAccountByStripeId, lockPayoutAccount } from './payout-account-queries'
import { toConnectedAccount } from '../stripe/account-facts'
import { retrieveAccount } from '../stripe/accounts'
import { applyAccountReading, syncPayoutAccount } from './sync-payout-account'
import { type EventFacts, type EventHandlers, type EventOutcome, NotVisibleYet } from '../stripe-events/event-handler'

/**
 * An account of ours whose id we were never told, because the answer that named it got lost: it names our record. One of an
 * earlier attempt stays unused.
 */
const adoptAccount = async (payload: Payload, stripeAccountId: string): Promise<EventOutcome> => {
  const account = await retrieveAccount(stripeAccountId)
  const truth = account && toConnectedAccount(account)
  const named = truth?.metadata.payoutAccountId
  if (!truth || named === undefined) return 'ignored'
  if (!(await findPayoutAccountById(await localRequest(payload), named))) {
    throw new NotVisibleYet(
      `Stripe's account ${stripeAccountId} names the payout account ${named}, which is not there.`,
    )
  }
  const isAdopted = await withTransaction(payload, async (req) => {
    const row = await lockPayoutAccount(req, named)
    if (!row || row.stripeAccountId !== null || String(row.attempt) !== truth.metadata.attempt) return false
    await applyAccountReading(req, { row, stripeAccountId, truth })
    return true
  })
  return isAdopted ? 'processed' : followKnown(payload, stripeAccountId)
}

const followKnown = async (payload: Payload, stripeAccountId: string): Promise<EventOutcome> => {
  const known = await findPayoutAccountByStripeId(await localRequest(payload), stripeAccountId)
  if (!known) return 'ignored'
  await syncPayoutAccount(payload, known.id)
  return 'processed'
}

/** The account that the event happened in; what it says of it is read anew. */
const followAccount = async (payload: Payload, { account }: EventFacts): Promise<EventOutcome> =>
  (await followKnown(payload, account)) === 'processed' ? 'processed' : adoptAccount(payload, account)

/** Events of connected accounts. */
export const accountEvents = {
  'account.updated': followAccount,
  'account.application.deauthorized': followAccount,
  'capability.updated': followAccount,
} satisfies EventHandlers
