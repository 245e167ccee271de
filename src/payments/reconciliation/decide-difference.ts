import type { LedgerKind } from '../ledger/ledger-kinds'
import type { FindingKind } from './reconciliation-kinds'
import type { BalanceMovement } from '../stripe/balance-transactions'

/** What is compared of an entry of Stripe's balance. */
export type ComparedMovement = Pick<BalanceMovement, 'kind' | 'amount' | 'fee' | 'isFinal' | 'isUndone'>

/** An entry of ours about the same object. The amount is signed. */
export type BookedEntry = { kind: LedgerKind; amount: number; currency: string }

/** `missing`: of what the books should have. Amounts are signed as the ledger has them. */
export type Difference = {
  kind: Extract<FindingKind, 'missing_here' | 'amount_differs' | 'currency_differs'>
  entry: LedgerKind
  ours: number | null
  theirs: number
  currency: string
}

type Expected = { kind: LedgerKind; amount: number; currency: string }

const signs = {
  charge: 1,
  refund: -1,
  refund_failed: 1,
  transfer: -1,
  transfer_reversal: 1,
  dispute: -1,
  dispute_won: 1,
} as const

/** What Stripe keeps, or gives back, beside the movement itself. */
const feeOf = (movement: ComparedMovement): Expected[] => {
  const { fee, kind } = movement
  if (fee.amount === 0) return []
  if (kind === 'charge') return [{ kind: 'stripe_fee', amount: -fee.amount, currency: fee.currency }]
  if (kind === 'dispute') return [{ kind: 'dispute_fee', amount: -fee.amount, currency: fee.currency }]
  return kind === 'dispute_won' ? [{ kind: 'dispute_fee_returned', amount: fee.amount, currency: fee.currency }] : []
}

/** The entries of the ledger that an entry of Stripe's balance asks for; none for what does not concern bookings. */
export const computeExpectedEntries = (movement: ComparedMovement): Expected[] => {
  const { kind, amount, isFinal } = movement
  // A refund under way is booked when it has arrived.
  if (kind === 'other' || !isFinal) return []
  return [{ kind, amount: signs[kind] * amount.amount, currency: amount.currency }, ...feeOf(movement)]
}

/** The first thing in which the books differ from an entry of Stripe's balance; undefined when they agree. */
export const decideDifference = (
  movement: ComparedMovement,
  booked: readonly BookedEntry[],
): Difference | undefined => {
  // A refund that failed before we heard that it had succeeded was never in the books, and need not be.
  if (movement.isUndone && !booked.some(({ kind }) => kind === 'refund')) return undefined
  for (const expected of computeExpectedEntries(movement)) {
    const entry = booked.find(({ kind }) => kind === expected.kind)
    const said = { entry: expected.kind, theirs: expected.amount, currency: expected.currency }
    if (!entry) return { kind: 'missing_here', ...said, ours: null }
    if (entry.currency !== expected.currency) return { kind: 'currency_differs', ...said, ours: entry.amount }
    if (entry.amount !== expected.amount) return { kind: 'amount_differs', ...said, ours: entry.amount }
  }
  return undefined
}
