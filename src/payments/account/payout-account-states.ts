import { statesWhere } from '#shared/state-table'
import type { HeldReason } from '../payment-states'

type AccountStateRow = {
  label: string
  /** Its form was handed in; before, its owner knows that it is not done. */
  isSubmitted: boolean
  /** Transfers to it arrive. */
  isPayable: boolean
  /** Why a payout to it has to wait. */
  heldReason: HeldReason | null
}

/** How far a consultant's account at Stripe is; read from Stripe, chosen by nobody. */
export const payoutAccountStates = {
  onboarding: { label: 'Details missing', isSubmitted: false, isPayable: false, heldReason: 'account_incomplete' },
  pending: { label: 'Being checked by Stripe', isSubmitted: true, isPayable: false, heldReason: 'account_incomplete' },
  active: { label: 'Can be paid', isSubmitted: true, isPayable: true, heldReason: null },
  restricted: { label: 'Restricted', isSubmitted: true, isPayable: false, heldReason: 'account_restricted' },
  disconnected: { label: 'Disconnected', isSubmitted: false, isPayable: false, heldReason: 'account_disconnected' },
} as const satisfies Record<string, AccountStateRow>

export type PayoutAccountState = keyof typeof payoutAccountStates

export const payableAccounts = statesWhere(payoutAccountStates, 'isPayable', true)
