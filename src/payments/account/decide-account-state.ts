import { namesOf } from '#shared/state-table'
import type { HeldReason } from '../payment-states'
import { type PayoutAccountState, payoutAccountStates } from './payout-account-states'

/** What Stripe says of an account, as far as it decides whether transfers to it arrive. */
export type AccountFacts = {
  detailsSubmitted: boolean
  /** Stripe's word for the capability `transfers`; null when it was never asked for. */
  transfersCapability: string | null
  /** Stripe's code; null when nothing is disabled. */
  disabledReason: string | null
  /** Requirement codes that have to be answered now. */
  currentlyDue: readonly string[]
  /** Those of them whose deadline is over. */
  pastDue: readonly string[]
  /** What Stripe is looking at. */
  pendingVerification: readonly string[]
}

/** Stripe is at work; nobody has to do anything. */
const checking: readonly string[] = ['requirements.pending_verification', 'under_review']

/**
 * How far an account is. Payable is one that may receive transfers and has nothing disabled; whatever else is missing then
 * has time. Never answers `disconnected`: an account that is gone says nothing.
 */
export const decideAccountState = (account: AccountFacts): Exclude<PayoutAccountState, 'disconnected'> => {
  const { disabledReason, transfersCapability } = account
  if (transfersCapability === 'active' && disabledReason === null) return 'active'
  const isClosed = disabledReason?.startsWith('rejected.') ?? false
  if (isClosed) return 'restricted'
  if (!account.detailsSubmitted) return 'onboarding'
  if (disabledReason !== null && checking.includes(disabledReason)) return 'pending'
  if (disabledReason !== null) return 'restricted'
  if (account.currentlyDue.length || account.pastDue.length) return 'onboarding'
  const isChecked = transfersCapability === 'pending' || account.pendingVerification.length > 0
  return isChecked ? 'pending' : 'restricted'
}

/** Why a payout to an account in this state has to wait; undefined when it need not. No state: there is no account yet. */
export const accountHeldReason = (state: PayoutAccountState | undefined): HeldReason | undefined =>
  state === undefined ? 'no_account' : (payoutAccountStates[state].heldReason ?? undefined)

/** The reasons for which a payout waits for its account alone. */
export const accountHeldReasons: readonly HeldReason[] = [
  ...new Set([
    'no_account' as const,
    ...namesOf(payoutAccountStates).flatMap((state) => payoutAccountStates[state].heldReason ?? []),
  ]),
]
