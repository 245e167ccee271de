import { statesWhere } from '#shared/state-table'
import type { HeldReason } from '../payment-states'
import type { Words } from '#shared/words'

type AccountStateRow = {
  label: Words
  /** Its form was handed in; before, its owner knows that it is not done. */
  isSubmitted: boolean
  /** Transfers to it arrive. */
  isPayable: boolean
  /** Why a payout to it has to wait. */
  heldReason: HeldReason | null
}

/** How far a consultant's account at Stripe is; read from Stripe, chosen by nobody. */
export const payoutAccountStates = {
  onboarding: {
    label: { en: 'Details missing', de: 'Angaben fehlen' },
    isSubmitted: false,
    isPayable: false,
    heldReason: 'account_incomplete',
  },
  pending: {
    label: { en: 'Being checked by Stripe', de: 'Wird von Stripe geprüft' },
    isSubmitted: true,
    isPayable: false,
    heldReason: 'account_incomplete',
  },
  active: { label: { en: 'Can be paid', de: 'Bereit' }, isSubmitted: true, isPayable: true, heldReason: null },
  restricted: {
    label: { en: 'Restricted', de: 'Eingeschränkt' },
    isSubmitted: true,
    isPayable: false,
    heldReason: 'account_restricted',
  },
  disconnected: {
    label: { en: 'Disconnected', de: 'Getrennt' },
    isSubmitted: false,
    isPayable: false,
    heldReason: 'account_disconnected',
  },
} as const satisfies Record<string, AccountStateRow>

export type PayoutAccountState = keyof typeof payoutAccountStates

export const payableAccounts = statesWhere(payoutAccountStates, 'isPayable', true)
