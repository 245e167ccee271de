import type { Words } from '#shared/words'

/**
 * Whose balance an entry moves. `cash` is what lies at Stripe; what is not the consultant's of it is the platform's.
 * `customer`: what they have paid and not got back.
 */
export type LedgerAccount = 'cash' | 'platform' | 'consultant' | 'customer'

type LedgerKindRow = {
  label: Words
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
  charge: { label: { en: 'Charge', de: 'Zahlung' }, sign: 1, moves: customers },
  charge_elsewhere: { label: { en: 'Paid elsewhere', de: 'Anderswo bezahlt' }, sign: 1, moves: outsideStripe },
  platform_fee: { label: { en: "Platform's fee", de: 'Gebühr der Plattform' }, sign: 1, moves: shared },
  stripe_fee: { label: { en: "Stripe's fee", de: 'Gebühr von Stripe' }, sign: -1, moves: platforms },
  refund: { label: { en: 'Refund', de: 'Erstattung' }, sign: -1, moves: customers },
  refund_elsewhere: {
    label: { en: 'Returned elsewhere', de: 'Anderswo zurückgezahlt' },
    sign: -1,
    moves: outsideStripe,
  },
  refund_failed: { label: { en: 'Refund sent back', de: 'Erstattung zurückgekommen' }, sign: 1, moves: customers },
  platform_fee_refund: {
    label: { en: "Platform's fee returned", de: 'Gebühr der Plattform erstattet' },
    sign: -1,
    moves: shared,
  },
  platform_fee_refund_failed: {
    label: { en: "Platform's fee kept after all", de: 'Gebühr der Plattform doch behalten' },
    sign: 1,
    moves: shared,
  },
  transfer: {
    label: { en: 'Payout to the consultant', de: 'Auszahlung an die Fachperson' },
    sign: -1,
    moves: consultants,
  },
  transfer_reversal: { label: { en: 'Payout taken back', de: 'Auszahlung zurückgeholt' }, sign: 1, moves: consultants },
  netted_out: { label: { en: 'Kept back for a debt', de: 'Für eine Schuld einbehalten' }, sign: -1, moves: setOff },
  netted_in: { label: { en: 'Debt paid off', de: 'Schuld beglichen' }, sign: 1, moves: setOff },
  dispute: { label: { en: 'Dispute', de: 'Streitfall' }, sign: -1, moves: customers },
  dispute_won: { label: { en: 'Dispute won', de: 'Streitfall gewonnen' }, sign: 1, moves: customers },
  dispute_fee: {
    label: { en: "Stripe's fee of a dispute", de: 'Gebühr von Stripe für einen Streitfall' },
    sign: -1,
    moves: platforms,
  },
  dispute_fee_returned: {
    label: { en: "Stripe's fee of a dispute returned", de: 'Gebühr von Stripe für einen Streitfall erstattet' },
    sign: 1,
    moves: platforms,
  },
  dispute_share: {
    label: { en: "Platform's part of a lost dispute", de: 'Anteil der Plattform an einem verlorenen Streitfall' },
    sign: -1,
    moves: shared,
  },
  dispute_share_returned: {
    label: {
      en: "Platform's part of a lost dispute returned",
      de: 'Anteil der Plattform an einem verlorenen Streitfall erstattet',
    },
    sign: 1,
    moves: shared,
  },
} as const satisfies Record<string, LedgerKindRow>

export type LedgerKind = keyof typeof ledgerKinds

// Object.keys gives string[]; the table's keys are exactly the kinds.
export const ledgerKindNames = Object.keys(ledgerKinds) as LedgerKind[]
