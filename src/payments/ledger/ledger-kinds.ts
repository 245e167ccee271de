/**
 * Whose balance an entry moves. `cash` is what lies at Stripe; what is not the consultant's of it is the platform's.
 * `customer`: what they have paid and not got back.
 */
export type LedgerAccount = 'cash' | 'platform' | 'consultant' | 'customer'

type LedgerKindRow = {
  label: string
  /** Of its amounts, as the platform's Stripe balance (or, for a share, the platform) sees them. */
  sign: 1 | -1
  /** What the signed amount is multiplied by for each account; always `cash = platform + consultant`. */
  moves: Record<LedgerAccount, -1 | 0 | 1>
}

/** Money between the customer and Stripe, for the consultant's account: a charge is owed to them but for the fee. */
const customers = { cash: 1, platform: 0, consultant: 1, customer: 1 } as const
/** Money between Stripe and the consultant. */
const consultants = { cash: 1, platform: 0, consultant: 1, customer: 0 } as const
/** Money that comes in or goes out for the platform's account. */
const platforms = { cash: 1, platform: 1, consultant: 0, customer: 0 } as const
/** No money moves: a part of what is owed to the consultant is the platform's, or is it no more. */
const shared = { cash: 0, platform: 1, consultant: -1, customer: 0 } as const
/**
 * Money between the customer and the platform that never saw Stripe. The platform has it, so of what it has at Stripe it owes the
 * consultant that much more.
 */
const outsideStripe = { cash: 0, platform: -1, consultant: 1, customer: 1 } as const
/** No money moves: one claim of the consultant is set off against another. */
const setOff = { cash: 0, platform: 0, consultant: 0, customer: 0 } as const

/**
 * The movements of money that the ledger knows. Amounts are signed as the platform's Stripe balance sees them:
 * positive comes in, negative goes out. Balances are derived from `moves` (in PostgreSQL: `parley.ledger_balances`).
 */
export const ledgerKinds = {
  charge: { label: 'Charge', sign: 1, moves: customers },
  charge_elsewhere: { label: 'Paid elsewhere', sign: 1, moves: outsideStripe },
  platform_fee: { label: "Platform's fee", sign: 1, moves: shared },
  stripe_fee: { label: "Stripe's fee", sign: -1, moves: platforms },
  refund: { label: 'Refund', sign: -1, moves: customers },
  refund_elsewhere: { label: 'Returned elsewhere', sign: -1, moves: outsideStripe },
  refund_failed: { label: 'Refund sent back', sign: 1, moves: customers },
  platform_fee_refund: { label: "Platform's fee returned", sign: -1, moves: shared },
  platform_fee_refund_failed: { label: "Platform's fee kept after all", sign: 1, moves: shared },
  transfer: { label: 'Payout to the consultant', sign: -1, moves: consultants },
  transfer_reversal: { label: 'Payout taken back', sign: 1, moves: consultants },
  netted_out: { label: 'Kept back for a debt', sign: -1, moves: setOff },
  netted_in: { label: 'Debt paid off', sign: 1, moves: setOff },
  dispute: { label: 'Dispute', sign: -1, moves: customers },
  dispute_won: { label: 'Dispute won', sign: 1, moves: customers },
  dispute_fee: { label: "Stripe's fee of a dispute", sign: -1, moves: platforms },
  dispute_fee_returned: { label: "Stripe's fee of a dispute returned", sign: 1, moves: platforms },
  dispute_share: { label: "Platform's part of a lost dispute", sign: -1, moves: shared },
  dispute_share_returned: { label: "Platform's part of a lost dispute returned", sign: 1, moves: shared },
} as const satisfies Record<string, LedgerKindRow>

export type LedgerKind = keyof typeof ledgerKinds

// Object.keys gives string[]; the table's keys are exactly the kinds.
export const ledgerKindNames = Object.keys(ledgerKinds) as LedgerKind[]
