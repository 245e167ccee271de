import { payoutAccountStates, type PayoutAccountState } from './payout-account-states'

/** How an account stands, as far as somebody has to be told when it changes. */
export type AccountStanding = {
  status: PayoutAccountState
  /** Epoch ms until which something is still missing; null when nothing is urgent. */
  deadline: number | null
}

/** Who looks after the account has to act on `needs_details`; `can_be_paid` ends the waiting. */
export type AccountNews = 'needs_details' | 'can_be_paid'

const isPayable = ({ status }: AccountStanding): boolean => payoutAccountStates[status].isPayable

/**
 * Whether a change of an account is worth a message. Told once, when it begins: an account that cannot be paid any more (or
 * failed its check, or went away), one that will stop unless something is given in time, and one that can be paid from now on.
 * Whoever is still filling in the form for the first time knows that it is not done.
 */
export const decideAccountNews = (before: AccountStanding, after: AccountStanding): AccountNews | undefined => {
  if (isPayable(after)) {
    if (!isPayable(before)) return 'can_be_paid'
    const isNewlyUrgent = after.deadline !== null && (before.deadline === null || after.deadline < before.deadline)
    return isNewlyUrgent ? 'needs_details' : undefined
  }
  if (isPayable(before)) return 'needs_details'
  if (after.status === before.status || after.status === 'pending') return undefined
  const isFirstForm = !payoutAccountStates[before.status].isSubmitted
  return after.status === 'onboarding' && isFirstForm ? undefined : 'needs_details'
}
