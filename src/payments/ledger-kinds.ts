/**
 * The movements of money that the ledger knows. Amounts are signed as the platform's Stripe balance sees them:
 * positive comes in, negative goes out.
 */
export const ledgerKinds = {
  charge: { label: 'Charge', sign: 1 },
  platform_fee: { label: "Platform's fee", sign: 1 },
  stripe_fee: { label: "Stripe's fee", sign: -1 },
  refund: { label: 'Refund', sign: -1 },
  refund_failed: { label: 'Refund sent back', sign: 1 },
  platform_fee_refund_failed: { label: "Platform's fee kept after all", sign: 1 },
  platform_fee_refund: { label: "Platform's fee returned", sign: -1 },
  transfer: { label: 'Payout to the consultant', sign: -1 },
  transfer_reversal: { label: 'Payout taken back', sign: 1 },
  dispute: { label: 'Dispute', sign: -1 },
  dispute_won: { label: 'Dispute won', sign: 1 },
} as const satisfies Record<string, { label: string; sign: 1 | -1 }>

export type LedgerKind = keyof typeof ledgerKinds

// Object.keys gives string[]; the table's keys are exactly the kinds.
export const ledgerKindNames = Object.keys(ledgerKinds) as LedgerKind[]
