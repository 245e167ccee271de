import type { LedgerKind } from '../ledger/ledger-kinds'

/** Money of a dispute in the platform's balance; minor units, signed, ISO 4217 in upper case. */
type Movement = { amount: number; fee: number; currency: string }

export type DisputeMovements = {
  /** What the bank took, whether or not it gave it back; in the payment's currency. */
  withdrawn: number
  entries: { kind: LedgerKind; amount: number; currency: string }[]
}

/**
 * What a dispute means for the books. Stripe takes the amount once and gives it back at most once (its object has at most two
 * entries of the balance), so each kind occurs once for each dispute and the dispute's own id is the entries' object.
 *
 * The books are kept in the payment's currency. An account that is settled in another one has the amounts converted there; then
 * the disputed amount itself is what counts.
 */
export const computeDisputeMovements = (
  dispute: { amount: number; movements: readonly Movement[] },
  currency: string,
): DisputeMovements => {
  const amountOf = (movement: Movement) => (movement.currency === currency ? Math.abs(movement.amount) : dispute.amount)
  const sum = (movements: readonly Movement[]) => movements.reduce((total, movement) => total + amountOf(movement), 0)
  const withdrawn = sum(dispute.movements.filter(({ amount }) => amount < 0))
  const reinstated = sum(dispute.movements.filter(({ amount }) => amount > 0))
  const fees = dispute.movements.filter(({ fee }) => fee !== 0)
  return {
    withdrawn,
    entries: [
      { kind: 'dispute' as const, amount: -withdrawn, currency },
      { kind: 'dispute_won' as const, amount: reinstated, currency },
      ...fees.map((movement) => ({
        kind: movement.fee > 0 ? ('dispute_fee' as const) : ('dispute_fee_returned' as const),
        amount: -movement.fee,
        currency: movement.currency,
      })),
    ].filter(({ amount }) => amount !== 0),
  }
}
