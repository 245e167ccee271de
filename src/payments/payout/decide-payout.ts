import { isOneOf } from '#shared/state-table'
import { computeConsultantShare, type SplitPrice } from './compute-shares'
import { accountHeldReason } from '../account/decide-account-state'
import {
  everCollectedPayments,
  type HeldReason,
  type PaymentState,
  type PayoutState,
  type TransferKind,
  type TransferState,
} from '../payment-states'
import type { PayoutAccountState } from '../account/payout-account-states'

/** One record of money between the platform and the consultant; minor units. */
export type TransferFacts = {
  id: string
  kind: TransferKind
  status: TransferState
  amount: number
  /** The payout that is taken back, or the debt that is set off. */
  againstId: string | null
  /** Epoch ms; null while it is under way. */
  settledAt: number | null
}

/** Everything that a payout is decided from. Amounts in minor units of the payment's currency, instants in epoch ms. */
export type PayoutFacts = {
  now: number
  payment: SplitPrice & { status: PaymentState; isPaidElsewhere: boolean }
  /** When the price is earned and the time for complaints over; null while it is not known that it will be. */
  dueAt: number | null
  /** Refunds that succeeded and disputes that were lost. */
  returned: number
  /** Refunds that are under way. */
  returning: number
  hasOpenDispute: boolean
  isHeldByOperations: boolean
  /** Operations have still to decide whether the session was missed. */
  hasOpenClaim: boolean
  /** Why it waits at present. */
  heldReason: HeldReason | null
  /** Those of this payment, the oldest first. */
  transfers: readonly TransferFacts[]
  account: { status: PayoutAccountState; syncedAt: number | null } | undefined
  /** What the consultant still owes in this currency, of any payment, the oldest first. */
  debts: readonly { id: string; left: number }[]
}

/** What to do next. One thing at a time: what comes after it depends on how it ended. */
export type PayoutDecision =
  /** What was paid out is what should be. */
  | { do: 'nothing' }
  | { do: 'wait'; for: 'operation' | 'dispute' }
  | { do: 'wait'; for: 'time'; until: number }
  /** Something should be paid out and may not, or cannot. */
  | { do: 'hold'; reason: HeldReason; amount: number }
  /** Set a debt off against what should be paid out. */
  | { do: 'net'; debtId: string; amount: number }
  | { do: 'transfer'; amount: number }
  | { do: 'reverse'; transferId: string; amount: number }
  /** Nothing is left at Stripe to take it back from: the consultant owes it. */
  | { do: 'record-debt'; amount: number }

/** Reasons that stand until something changes: asking Stripe again for the same would be refused again. */
const refusals: readonly (HeldReason | null)[] = ['refused', 'account_restricted', 'account_disconnected']

/** The sums of what has happened between the platform and the consultant for one payment; minor units. */
export const computePayoutSums = (transfers: readonly TransferFacts[]) => {
  const sum = (kind: TransferKind) =>
    transfers.reduce(
      (total, transfer) =>
        transfer.kind === kind && transfer.status === 'succeeded' ? total + transfer.amount : total,
      0,
    )
  const [transferred, reversed, netted, debts] = [sum('transfer'), sum('reversal'), sum('netting'), sum('receivable')]
  return {
    transferred,
    reversed,
    netted,
    debts,
    /** What the consultant has had of it: a debt counts as given back, and what was set off against one as had. */
    had: transferred - reversed + netted - debts,
  }
}

/** What a payout is, by what has happened alone; whether one that is not paid is due or held depends on more. */
export const computePayoutState = (
  transfers: readonly TransferFacts[],
): Extract<PayoutState, 'not_due' | 'paid' | 'reversed'> => {
  const { transferred, reversed, netted } = computePayoutSums(transfers)
  if (transferred - reversed + netted > 0) return 'paid'
  return transferred + netted > 0 ? 'reversed' : 'not_due'
}

/** Stripe refused just that much, and nobody and nothing has changed since. */
const isRefusedAlready = ({ transfers, heldReason, account }: PayoutFacts, amount: number): boolean => {
  if (!refusals.includes(heldReason)) return false
  const refused = transfers.findLast(({ kind, status }) => kind === 'transfer' && status === 'failed')
  if (refused?.amount !== amount) return false
  return (account?.syncedAt ?? 0) <= (refused.settledAt ?? 0)
}

const decideTakingBack = (facts: PayoutFacts, amount: number): PayoutDecision => {
  if (facts.hasOpenDispute) return { do: 'wait', for: 'dispute' }
  const left = ({ id, amount: whole }: TransferFacts) =>
    facts.transfers.reduce(
      (rest, { kind, status, againstId, amount: part }) =>
        kind === 'reversal' && status === 'succeeded' && againstId === id ? rest - part : rest,
      whole,
    )
  const source = facts.transfers.findLast(
    (transfer) => transfer.kind === 'transfer' && transfer.status === 'succeeded' && left(transfer) > 0,
  )
  if (!source) return { do: 'record-debt', amount }
  return { do: 'reverse', transferId: source.id, amount: Math.min(amount, left(source)) }
}

const decidePayingOut = (facts: PayoutFacts, amount: number): PayoutDecision => {
  const { dueAt, now, account, heldReason, payment, isHeldByOperations } = facts
  // Due or not: it lies nowhere from where it would go out by itself.
  if (isHeldByOperations && payment.isPaidElsewhere) return { do: 'hold', reason: 'paid_elsewhere', amount }
  // Due or not: everybody sees at once that it waits for that.
  if (facts.hasOpenClaim) return { do: 'hold', reason: 'no_show_claim', amount }
  if (dueAt === null) return { do: 'nothing' }
  if (dueAt > now) return { do: 'wait', for: 'time', until: dueAt }
  if (facts.hasOpenDispute) return { do: 'hold', reason: 'disputed', amount }
  if (isHeldByOperations) return { do: 'hold', reason: 'by_operations', amount }
  const [debt] = facts.debts
  if (debt) return { do: 'net', debtId: debt.id, amount: Math.min(amount, debt.left) }
  const reason = accountHeldReason(account?.status)
  if (reason) return { do: 'hold', reason, amount }
  if (heldReason !== null && isRefusedAlready(facts, amount)) return { do: 'hold', reason: heldReason, amount }
  return { do: 'transfer', amount }
}

/**
 * The next step towards what the consultant should have had of a payment: their share of what was collected and not
 * returned. The order in which things happened does not matter, only how they stand.
 *
 * - Nothing moves while a step is under way, nor while a dispute is open: what is out stays out, what is not stays here.
 * - What a refund under way will return is not paid out, but taken back only when it has succeeded: the customer goes first.
 * - Debts of the consultant are set off before anything is transferred.
 * - While it is claimed that the session was missed, nothing is paid out.
 * - What was paid elsewhere is paid out, or set off, only after operations have released it.
 */
export const decidePayout = (facts: PayoutFacts): PayoutDecision => {
  const { payment, transfers, returned, returning } = facts
  if (transfers.some(({ status }) => status === 'requested')) return { do: 'wait', for: 'operation' }
  if (!isOneOf(everCollectedPayments, payment.status)) return { do: 'nothing' }
  const { had } = computePayoutSums(transfers)
  const excess = had - computeConsultantShare(payment, returned)
  if (excess > 0) return decideTakingBack(facts, excess)
  const lacking = computeConsultantShare(payment, returned + returning) - had
  return lacking > 0 ? decidePayingOut(facts, lacking) : { do: 'nothing' }
}
