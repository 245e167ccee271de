type AccountStateRow = {
  label: string
  /** Transfers to it arrive. */
  isPayable: boolean
}

/** How far a consultant's account at Stripe is; read from Stripe, chosen by nobody. */
export const payoutAccountStates = {
  onboarding: { label: 'Details missing', isPayable: false },
  pending: { label: 'Being checked by Stripe', isPayable: false },
  active: { label: 'Can be paid', isPayable: true },
  restricted: { label: 'Restricted', isPayable: false },
  disconnected: { label: 'Disconnected', isPayable: false },
} as const satisfies Record<string, AccountStateRow>

export type PayoutAccountState = keyof typeof payoutAccountStates
