import type { ActorRole } from '#shared/actor'

type StateTable<Name extends string> = Record<
  Name,
  {
    label: string
    terminal: boolean
    to: { readonly [Next in Name]?: { who: readonly ActorRole[]; follows: string } }
  }
>

const staff = ['admin', 'operations'] as const satisfies readonly ActorRole[]
/** Reported by Stripe, or by our own reading of it. */
const stripe = ['payment'] as const satisfies readonly ActorRole[]
const stripeOrSystem = ['payment', 'system'] as const satisfies readonly ActorRole[]

type PaymentStateName =
  | 'pending'
  | 'processing'
  | 'authorized'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'partially_refunded'
  | 'refunded'
  | 'disputed'
  | 'chargeback'

const disputed = { who: stripe, follows: 'payout and refunds are frozen' } as const
const fullyRefunded = { who: stripe, follows: 'the whole amount is returned' } as const

/** The states of a payment. Only what Stripe says moves money; operations ask for refunds, which are records of their own. */
export const paymentStates = {
  pending: {
    label: 'Pending',
    terminal: false,
    to: {
      processing: { who: stripe, follows: 'the hold stays until Stripe knows more' },
      authorized: { who: stripe, follows: 'the consultant is asked to confirm' },
      succeeded: { who: [...staff, 'payment'], follows: 'the session is scheduled, the ledger has its charge' },
      failed: { who: stripe, follows: 'the customer may try again until the deadline' },
      cancelled: { who: stripeOrSystem, follows: 'the checkout is closed' },
    },
  },
  processing: {
    label: 'Processing',
    terminal: false,
    to: {
      succeeded: { who: stripe, follows: 'the session is scheduled, the ledger has its charge' },
      failed: { who: stripe, follows: 'the slot is released' },
      cancelled: { who: stripeOrSystem, follows: 'the slot is released' },
    },
  },
  authorized: {
    label: 'Authorised',
    terminal: false,
    to: {
      succeeded: { who: stripe, follows: 'captured' },
      cancelled: { who: stripeOrSystem, follows: 'the authorisation is void' },
    },
  },
  succeeded: {
    label: 'Paid',
    terminal: false,
    to: {
      partially_refunded: { who: stripe, follows: 'a part is returned' },
      refunded: fullyRefunded,
      disputed,
    },
  },
  partially_refunded: {
    label: 'Partly refunded',
    terminal: false,
    to: {
      partially_refunded: { who: stripe, follows: 'another part is returned' },
      refunded: fullyRefunded,
      succeeded: { who: stripe, follows: 'the refund failed later' },
      disputed,
    },
  },
  refunded: {
    label: 'Refunded',
    terminal: true,
    to: {
      partially_refunded: { who: stripe, follows: 'a refund failed later' },
      succeeded: { who: stripe, follows: 'the refund failed later' },
      disputed,
    },
  },
  disputed: {
    label: 'Disputed',
    terminal: false,
    to: {
      succeeded: { who: stripe, follows: 'won: payout and refunds go on' },
      partially_refunded: { who: stripe, follows: 'won: payout and refunds go on' },
      refunded: { who: stripe, follows: 'won, but the amount was returned before' },
      chargeback: { who: stripe, follows: 'lost: the transfer is reversed' },
    },
  },
  failed: { label: 'Failed', terminal: true, to: {} },
  cancelled: { label: 'Cancelled', terminal: true, to: {} },
  chargeback: { label: 'Charged back', terminal: true, to: {} },
} as const satisfies StateTable<PaymentStateName>

export type PaymentState = keyof typeof paymentStates
// Object.keys gives string[]; a table's keys are exactly its states (the same below).
export const paymentStateNames = Object.keys(paymentStates) as PaymentState[]

type RefundStateName = 'requested' | 'pending' | 'succeeded' | 'failed' | 'cancelled'

/** The states of a refund. Banks can send a refund back long after it `succeeded`. */
export const refundStates = {
  requested: {
    label: 'Requested',
    terminal: false,
    to: {
      pending: { who: stripeOrSystem, follows: 'Stripe has it' },
      succeeded: { who: [...staff, 'payment'], follows: 'the ledger has its refund' },
      failed: { who: stripeOrSystem, follows: 'operations are told' },
      cancelled: { who: [...staff, 'system'], follows: 'nothing is returned' },
    },
  },
  pending: {
    label: 'On its way',
    terminal: false,
    to: {
      succeeded: { who: stripe, follows: 'the ledger has its refund' },
      failed: { who: stripe, follows: 'operations are told' },
      cancelled: { who: stripe, follows: 'nothing is returned' },
    },
  },
  succeeded: {
    label: 'Returned',
    terminal: true,
    to: { failed: { who: stripe, follows: 'the ledger takes the refund back, operations are told' } },
  },
  failed: { label: 'Failed', terminal: true, to: {} },
  cancelled: { label: 'Cancelled', terminal: true, to: {} },
} as const satisfies StateTable<RefundStateName>

export type RefundState = keyof typeof refundStates
export const refundStateNames = Object.keys(refundStates) as RefundState[]

type PayoutStateName = 'not_due' | 'due' | 'held' | 'paid' | 'reversed'

/** The states of the consultant's share. */
export const payoutStates = {
  not_due: {
    label: 'Not due yet',
    terminal: false,
    to: {
      due: { who: ['system'], follows: 'transferred by the next run' },
      held: { who: [...staff, 'system'], follows: 'paid elsewhere: waits until operations release it' },
    },
  },
  due: {
    label: 'Due',
    terminal: false,
    to: {
      paid: { who: stripe, follows: 'the ledger has its transfer' },
      held: { who: [...staff, 'system', 'payment'], follows: 'waits until the account can be paid' },
      not_due: { who: ['system'], follows: 'refunded before it was paid' },
    },
  },
  held: {
    label: 'Held back',
    terminal: false,
    to: {
      due: { who: [...staff, 'system', 'payment'], follows: 'transferred by the next run' },
      paid: { who: stripe, follows: 'the ledger has its transfer' },
      not_due: { who: [...staff, 'system'], follows: 'refunded, or released, before it was due' },
    },
  },
  paid: {
    label: 'Paid',
    terminal: false,
    to: {
      reversed: { who: stripe, follows: 'the ledger has the reversal' },
      due: { who: stripeOrSystem, follows: 'a refund failed later: the rest is transferred' },
    },
  },
  reversed: {
    label: 'Reversed',
    terminal: true,
    to: { due: { who: stripeOrSystem, follows: 'a refund failed later, or a dispute was won: transferred again' } },
  },
} as const satisfies StateTable<PayoutStateName>

export type PayoutState = keyof typeof payoutStates
export const payoutStateNames = Object.keys(payoutStates) as PayoutState[]

/** Why a payout waits. What Stripe or a person said about it stands beside it. */
export const heldReasons = {
  no_account: 'No account to pay to',
  account_incomplete: 'Account needs details',
  account_restricted: 'Account restricted by Stripe',
  account_disconnected: 'Account disconnected',
  disputed: 'Payment disputed',
  refused: 'Stripe refused the transfer',
  by_operations: 'Held by operations',
  paid_elsewhere: 'Paid elsewhere: paid out only when operations release it',
} as const satisfies Record<string, string>

export type HeldReason = keyof typeof heldReasons
// Object.keys gives string[]; the table's keys are exactly the reasons.
export const heldReasonNames = Object.keys(heldReasons) as HeldReason[]

/** What moves between the platform and a consultant's account; each is a record of its own. */
export const transferKinds = {
  transfer: 'Payout',
  reversal: 'Payout taken back',
  receivable: 'Debt of the consultant',
  netting: 'Debt set off against a payout',
} as const satisfies Record<string, string>

export type TransferKind = keyof typeof transferKinds

type TransferStateName = 'requested' | 'succeeded' | 'failed'

/** The states of a transfer or reversal. One that Stripe refused is over: a new one is made when it may work. */
export const transferStates = {
  requested: {
    label: 'Requested',
    terminal: false,
    to: {
      succeeded: { who: stripe, follows: 'the ledger has its movement' },
      failed: { who: stripe, follows: 'a payout is held back; a reversal becomes a debt of the consultant' },
    },
  },
  succeeded: { label: 'Done', terminal: true, to: {} },
  failed: { label: 'Refused', terminal: true, to: {} },
} as const satisfies StateTable<TransferStateName>

export type TransferState = keyof typeof transferStates

type DisputeStateName = 'inquiry' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'inquiry_closed'

const decided = {
  won: { who: stripe, follows: 'payout and refunds go on' },
  lost: { who: stripe, follows: 'charged back: what was paid out is reversed' },
} as const

/** The states of a dispute. An inquiry takes no money yet, but freezes as well: refunding it would not end it. */
export const disputeStates = {
  inquiry: {
    label: 'Inquiry of the bank',
    terminal: false,
    to: {
      needs_response: { who: stripe, follows: 'the bank took the amount back' },
      inquiry_closed: { who: stripe, follows: 'payout and refunds go on' },
      ...decided,
    },
  },
  needs_response: {
    label: 'Needs evidence',
    terminal: false,
    to: { under_review: { who: stripe, follows: 'evidence was submitted; the bank decides' }, ...decided },
  },
  under_review: {
    label: 'The bank decides',
    terminal: false,
    to: { needs_response: { who: stripe, follows: 'the bank wants more evidence' }, ...decided },
  },
  won: { label: 'Won', terminal: true, to: {} },
  lost: { label: 'Lost', terminal: true, to: {} },
  inquiry_closed: { label: 'Inquiry closed', terminal: true, to: {} },
} as const satisfies StateTable<DisputeStateName>

export type DisputeState = keyof typeof disputeStates
export const disputeStateNames = Object.keys(disputeStates) as DisputeState[]

/** What operations can tell the bank about a dispute. */
export const disputeAnswers = {
  evidence: 'Evidence',
  accept: 'Accepted: the customer is right',
} as const satisfies Record<string, string>

export type DisputeAnswer = keyof typeof disputeAnswers

type DisputeAnswerStateName = 'requested' | 'succeeded' | 'failed'

/** The states of an answer to the bank. A further one is made by answering again. */
export const disputeAnswerStates = {
  requested: {
    label: 'On its way to Stripe',
    terminal: false,
    to: {
      succeeded: { who: stripe, follows: 'Stripe has it' },
      failed: { who: stripe, follows: 'operations see why, and may answer again' },
    },
  },
  succeeded: { label: 'Sent', terminal: true, to: {} },
  failed: { label: 'Refused by Stripe', terminal: true, to: {} },
} as const satisfies StateTable<DisputeAnswerStateName>

export type DisputeAnswerState = keyof typeof disputeAnswerStates
