import { DomainError } from '#shared/errors'
import type { HeldReason, PayoutState } from '../payment-states'

/**
 * Whether operations may do that with a payout now.
 * @returns the refusal, which says what is so instead, or undefined.
 */
export const decidePayoutChange = (
  payout: {
    status: PayoutState
    heldReason: HeldReason | null
    isHeldByOperations: boolean
    /** Stripe is being asked for a transfer or reversal. */
    isUnderWay: boolean
  },
  change: 'hold' | 'release' | 'retry',
): DomainError | undefined => {
  const refuse = (message: string) => new DomainError('illegal_transition', message)
  if (payout.isUnderWay) return refuse('The payout is under way. Try again in a moment.')
  switch (change) {
    case 'hold':
      if (payout.isHeldByOperations) return refuse('The payout is held by operations already.')
      return payout.status === 'paid' ? refuse('It is paid out already; a refund takes it back.') : undefined
    case 'release':
      return payout.isHeldByOperations ? undefined : refuse('The payout is not held by operations.')
    case 'retry':
      if (payout.status !== 'held') return refuse('Only a payout that is held can be tried again.')
      if (payout.isHeldByOperations) return refuse('The payout is held by operations. Release it instead.')
      if (payout.heldReason === 'disputed')
        return refuse('The payment is disputed: its payout waits until that is decided.')
      return payout.heldReason === 'no_show_claim'
        ? refuse('One side claims that the other did not come: decide that claim, and the payout goes on.')
        : undefined
  }
}
