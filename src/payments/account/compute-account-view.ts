import type { Money } from '#shared/money'
import {
  type AccountRequirements,
  computeMissingDetails,
  describeDisabledReason,
  type MissingDetail,
} from './compute-missing-details'
import { payoutAccountStates, type PayoutAccountState } from './payout-account-states'

export type AccountView = {
  /** `none`: the consultant never began. */
  status: PayoutAccountState | 'none'
  label: string
  isPayable: boolean
  country: string | null
  defaultCurrency: string | null
  detailsSubmitted: boolean
  payoutsEnabled: boolean
  missing: MissingDetail[]
  /** Epoch ms until which the missing details have to be given; null when nothing is urgent. */
  deadline: number | null
  disabledReason: { code: string; text: string } | null
  /** What waits for the account, in minor units. */
  held: { count: number; amounts: Money[] }
  /** Epoch ms; null when Stripe was never asked. */
  syncedAt: number | null
}

type Account = {
  status: PayoutAccountState
  country: string | null
  defaultCurrency: string | null
  detailsSubmitted: boolean
  payoutsEnabled: boolean
  requirements: AccountRequirements | null
  deadline: number | null
  disabledReason: string | null
  syncedAt: number | null
}

/** An account as its consultant and operations read it. */
export const computeAccountView = (account: Account | undefined, held: AccountView['held']): AccountView => {
  if (!account) {
    return {
      status: 'none',
      label: 'No account yet',
      isPayable: false,
      country: null,
      defaultCurrency: null,
      detailsSubmitted: false,
      payoutsEnabled: false,
      missing: [],
      deadline: null,
      disabledReason: null,
      held,
      syncedAt: null,
    }
  }
  const { disabledReason, requirements } = account
  const { isPayable, label } = payoutAccountStates[account.status]
  return {
    status: account.status,
    label: label.en,
    isPayable,
    country: account.country,
    defaultCurrency: account.defaultCurrency,
    detailsSubmitted: account.detailsSubmitted,
    payoutsEnabled: account.payoutsEnabled,
    missing: requirements ? computeMissingDetails(requirements) : [],
    deadline: account.deadline,
    disabledReason:
      disabledReason === null ? null : { code: disabledReason, text: describeDisabledReason(disabledReason) },
    held,
    syncedAt: account.syncedAt,
  }
}
