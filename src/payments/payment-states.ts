import type { ActorRole } from '#shared/actor'
import { type Machine, namesOf, type StateRow, statesWhere } from '#shared/state-table'
import type { Words } from '#shared/words'

type StateTable<Name extends string, Meaning = unknown> = Readonly<Record<Name, StateRow<Name> & Meaning>>

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

type PaymentMeaning = {
  /**
   * Where the price is. `none`: with the customer, and nothing is under way · `under_way`: a bank debit that is not decided yet ·
   * `reserved`: on the customer's card, not charged · `collected`: with us, or returned by us · `contested`: a bank has it, or asks
   * for it · `lost`: the bank has taken it back for good.
   */
  money: 'none' | 'under_way' | 'reserved' | 'collected' | 'contested' | 'lost'
  /** The customer can (still) be sent to the page on which it is paid. */
  isPayable: boolean
  /** Some of it was neither returned nor lost, so the consultant has, or will have, a share of it. */
  hasRest: boolean
  /** What is announced when a payment that was not collected comes into it. Refunds and disputes are announced of their own. */
  event: 'payment.succeeded' | 'payment.failed' | null
}

const before = { money: 'none', hasRest: false, event: null } as const
const paid = { money: 'collected', isPayable: false, event: null } as const

const collected = { who: stripe, follows: 'the session is scheduled, the ledger has its charge' } as const
const paidLate = {
  who: stripe,
  follows: 'paid after all: the session goes on, or is booked again, or everything is returned',
} as const
const reserved = { who: stripe, follows: 'the consultant is asked to confirm' } as const
const reservedLate = {
  who: stripe,
  follows: 'the consultant is asked to confirm, or the authorisation is voided',
} as const
const disputed = { who: stripe, follows: 'payout and refunds are frozen' } as const
const fullyRefunded = { who: stripe, follows: 'the whole amount is returned' } as const
const lostUnheard = { who: stripe, follows: 'lost before we heard of it: the transfer is reversed' } as const

/**
 * The states of a payment. Only what Stripe says moves money; operations ask for refunds, which are records of their own. What failed
 * or was closed can still be paid: another try of the same payment, or a page that was made while we gave the payment up.
 */
export const paymentStates = {
  pending: {
    label: { en: 'Pending', de: 'Offen' },
    terminal: false,
    ...before,
    isPayable: true,
    to: {
      processing: { who: stripe, follows: 'the hold stays until Stripe knows more' },
      authorized: reserved,
      succeeded: collected,
      failed: { who: stripe, follows: 'the customer may try again until the deadline' },
      cancelled: { who: stripeOrSystem, follows: 'the checkout is closed' },
    },
  },
  processing: {
    label: { en: 'Processing', de: 'In Bearbeitung' },
    terminal: false,
    money: 'under_way',
    hasRest: false,
    isPayable: false,
    event: null,
    to: {
      authorized: reserved,
      succeeded: collected,
      failed: { who: stripe, follows: 'the slot is released' },
      cancelled: { who: stripeOrSystem, follows: 'the slot is released' },
    },
  },
  authorized: {
    label: { en: 'Authorised', de: 'Reserviert' },
    terminal: false,
    money: 'reserved',
    hasRest: false,
    isPayable: false,
    event: null,
    to: {
      succeeded: { who: stripe, follows: 'captured' },
      cancelled: { who: stripeOrSystem, follows: 'the authorisation is void' },
    },
  },
  succeeded: {
    label: { en: 'Paid', de: 'Bezahlt' },
    terminal: false,
    ...paid,
    event: 'payment.succeeded',
    hasRest: true,
    to: {
      partially_refunded: { who: stripe, follows: 'a part is returned' },
      refunded: fullyRefunded,
      disputed,
      chargeback: lostUnheard,
    },
  },
  partially_refunded: {
    label: { en: 'Partly refunded', de: 'Teilweise erstattet' },
    terminal: false,
    ...paid,
    hasRest: true,
    to: {
      partially_refunded: { who: stripe, follows: 'another part is returned' },
      refunded: fullyRefunded,
      succeeded: { who: stripe, follows: 'the refund failed later' },
      disputed,
      chargeback: lostUnheard,
    },
  },
  refunded: {
    label: { en: 'Refunded', de: 'Erstattet' },
    terminal: true,
    ...paid,
    hasRest: false,
    to: {
      partially_refunded: { who: stripe, follows: 'a refund failed later' },
      succeeded: { who: stripe, follows: 'the refund failed later' },
      disputed,
      chargeback: lostUnheard,
    },
  },
  disputed: {
    label: { en: 'Disputed', de: 'Bestritten' },
    terminal: false,
    money: 'contested',
    hasRest: true,
    isPayable: false,
    event: null,
    to: {
      succeeded: { who: stripe, follows: 'won: payout and refunds go on' },
      partially_refunded: { who: stripe, follows: 'won: payout and refunds go on' },
      refunded: { who: stripe, follows: 'won, but the amount was returned before' },
      chargeback: { who: stripe, follows: 'lost: the transfer is reversed' },
    },
  },
  failed: {
    label: { en: 'Failed', de: 'Fehlgeschlagen' },
    terminal: true,
    ...before,
    isPayable: true,
    event: 'payment.failed',
    to: {
      authorized: reservedLate,
      succeeded: paidLate,
      cancelled: { who: stripeOrSystem, follows: 'nobody paid until the deadline: the checkout is closed' },
    },
  },
  cancelled: {
    label: { en: 'Cancelled', de: 'Abgebrochen' },
    terminal: true,
    ...before,
    isPayable: false,
    to: { authorized: reservedLate, succeeded: paidLate },
  },
  chargeback: {
    label: { en: 'Charged back', de: 'Zurückgebucht' },
    terminal: true,
    money: 'lost',
    hasRest: false,
    isPayable: false,
    event: null,
    to: {},
  },
} as const satisfies StateTable<PaymentStateName, PaymentMeaning>

export type PaymentState = keyof typeof paymentStates
export const paymentStateNames = namesOf(paymentStates)
export const paymentMachine: Machine<PaymentState> = { noun: 'payment', states: paymentStates }

/** Nobody has paid or reserved anything, and nothing is under way. */
export const unpaidPayments = statesWhere(paymentStates, 'money', 'none')
/** The price is neither with us nor reserved: a session of it would be one at no charge. */
export const uncoveredPayments = statesWhere(paymentStates, 'money', 'none', 'under_way')
/** Stripe has still to say whether it is paid: the checkout is open, or a debit under way. */
export const awaitedPayments = uncoveredPayments.filter((state) => !paymentStates[state].terminal)
/** Stripe holds something for us that is not decided: a debit under way, or an authorisation. */
export const paymentsAtStripe = statesWhere(paymentStates, 'money', 'under_way', 'reserved')
/** Awaited, or an authorisation is still to be voided or captured. */
export const unsettledPayments = [...awaitedPayments, ...statesWhere(paymentStates, 'money', 'reserved')]
export const payablePayments = statesWhere(paymentStates, 'isPayable', true)
/** The price was with us at some time, whatever became of it. */
export const everCollectedPayments = statesWhere(paymentStates, 'money', 'collected', 'contested', 'lost')
/** The price is ours to return, and no bank has a say in it. */
export const collectedPayments = statesWhere(paymentStates, 'money', 'collected')
/** The same, and not all of it was returned. */
export const keptPayments = collectedPayments.filter((state) => paymentStates[state].hasRest)
/** The price is with us or reserved for us: what it is for can be agreed. */
export const securedPayments = [...statesWhere(paymentStates, 'money', 'reserved'), ...keptPayments]
/** The price is with us, or comes back to us when the bank decides so: it can be earned. */
export const earningPayments = statesWhere(paymentStates, 'money', 'collected', 'contested')
/** The consultant has, or will have, a share of these. */
export const paymentsWithRest = statesWhere(paymentStates, 'hasRest', true)

type RefundStateName = 'requested' | 'pending' | 'succeeded' | 'failed' | 'cancelled'

/** Where its amount is: asked for or on its way · with the customer · with us, as before. */
type RefundMeaning = {
  money: 'under_way' | 'returned' | 'none'
  /** What is announced when a refund comes into it. */
  event: 'payment.refunded' | null
}

/** The states of a refund. Banks can send a refund back long after it `succeeded`. */
export const refundStates = {
  requested: {
    label: { en: 'Requested', de: 'Angefordert' },
    terminal: false,
    money: 'under_way',
    event: null,
    to: {
      pending: { who: stripeOrSystem, follows: 'Stripe has it' },
      succeeded: { who: stripe, follows: 'the ledger has its refund' },
      failed: { who: stripeOrSystem, follows: 'operations are told' },
      cancelled: { who: [...staff, 'system', 'payment'], follows: 'nothing is returned' },
    },
  },
  pending: {
    label: { en: 'On its way', de: 'Unterwegs' },
    terminal: false,
    money: 'under_way',
    event: null,
    to: {
      succeeded: { who: stripe, follows: 'the ledger has its refund' },
      failed: { who: stripe, follows: 'operations are told' },
      cancelled: { who: stripe, follows: 'nothing is returned' },
    },
  },
  succeeded: {
    label: { en: 'Returned', de: 'Zurückgezahlt' },
    terminal: true,
    money: 'returned',
    event: 'payment.refunded',
    to: { failed: { who: stripe, follows: 'the ledger takes the refund back, operations are told' } },
  },
  failed: { label: { en: 'Failed', de: 'Fehlgeschlagen' }, terminal: true, money: 'none', event: null, to: {} },
  cancelled: { label: { en: 'Cancelled', de: 'Abgebrochen' }, terminal: true, money: 'none', event: null, to: {} },
} as const satisfies StateTable<RefundStateName, RefundMeaning>

export type RefundState = keyof typeof refundStates
export const refundStateNames = namesOf(refundStates)
export const refundMachine: Machine<RefundState> = { noun: 'refund', states: refundStates }

export const returnedRefunds = statesWhere(refundStates, 'money', 'returned')
export const refundsUnderWay = statesWhere(refundStates, 'money', 'under_way')
/** Returned, or on its way back: so much less of the payment can be returned. */
export const countedRefunds = statesWhere(refundStates, 'money', 'under_way', 'returned')

type PayoutStateName = 'not_due' | 'due' | 'held' | 'paid' | 'reversed'

/** Something has moved to the consultant for it, whether or not it was taken back. */
type PayoutMeaning = {
  hasMoved: boolean
  /** What is announced when a share comes into it, or waits for another reason than before. */
  event: 'payout.paid' | 'payout.held' | null
}

const transferred = 'transferred by the next run'
const waits = 'waits until the account can be paid, the dispute or claim is decided, or operations let it go'
const nowPaid = { who: stripeOrSystem, follows: 'the ledger has its transfer, or a debt was set off' } as const
const takenBack = { who: stripeOrSystem, follows: 'the ledger has the reversal' } as const
const refundedBefore = { who: stripeOrSystem, follows: 'refunded before it was paid' } as const

/**
 * The states of the consultant's share. What is done next is decided from the transfers and not from the state, so what waits can turn
 * out to be paid (a transfer made by hand), and what was paid or taken back can be due again. What has moved never counts as not due.
 */
export const payoutStates = {
  not_due: {
    label: { en: 'Not due yet', de: 'Noch nicht fällig' },
    terminal: false,
    hasMoved: false,
    event: null,
    to: {
      due: { who: stripeOrSystem, follows: transferred },
      held: { who: stripeOrSystem, follows: waits },
      paid: nowPaid,
    },
  },
  due: {
    label: { en: 'Due', de: 'Fällig' },
    terminal: false,
    hasMoved: false,
    event: null,
    to: {
      paid: nowPaid,
      held: { who: [...staff, ...stripeOrSystem], follows: waits },
      not_due: refundedBefore,
      reversed: takenBack,
    },
  },
  held: {
    label: { en: 'Held back', de: 'Zurückgehalten' },
    terminal: false,
    hasMoved: false,
    event: 'payout.held',
    to: {
      due: { who: [...staff, ...stripeOrSystem], follows: transferred },
      paid: nowPaid,
      not_due: { who: stripeOrSystem, follows: 'refunded, or let go by operations, before it was due' },
      reversed: takenBack,
    },
  },
  paid: {
    label: { en: 'Paid', de: 'Bezahlt' },
    terminal: false,
    hasMoved: true,
    event: 'payout.paid',
    to: {
      reversed: takenBack,
      due: { who: stripeOrSystem, follows: 'a refund failed later: the rest is transferred' },
      held: { who: stripeOrSystem, follows: 'a refund failed later, and the rest cannot be paid yet' },
    },
  },
  reversed: {
    label: { en: 'Reversed', de: 'Zurückgeholt' },
    terminal: true,
    hasMoved: true,
    event: null,
    to: {
      due: { who: stripeOrSystem, follows: 'a refund failed later, or a dispute was won: transferred again' },
      held: { who: stripeOrSystem, follows: 'the same, and it cannot be paid yet' },
      paid: { who: stripeOrSystem, follows: 'transferred again by hand, or a debt was set off' },
    },
  },
} as const satisfies StateTable<PayoutStateName, PayoutMeaning>

export type PayoutState = keyof typeof payoutStates
export const payoutStateNames = namesOf(payoutStates)
export const payoutMachine: Machine<PayoutState> = { noun: 'payout', states: payoutStates }

/** The share is with us, or some of it is. */
export const outstandingPayouts = statesWhere(payoutStates, 'hasMoved', false)
export const movedPayouts = statesWhere(payoutStates, 'hasMoved', true)

/** Why a payout waits. What Stripe or a person said about it stands beside it. */
export const heldReasons = {
  no_account: { en: 'No account to pay to', de: 'Kein Konto für die Auszahlung' },
  account_incomplete: { en: 'Account needs details', de: 'Konto braucht Angaben' },
  account_restricted: { en: 'Account restricted by Stripe', de: 'Konto von Stripe eingeschränkt' },
  account_disconnected: { en: 'Account disconnected', de: 'Konto getrennt' },
  disputed: { en: 'Payment disputed', de: 'Zahlung bestritten' },
  refused: { en: 'Stripe refused the transfer', de: 'Stripe hat die Überweisung abgelehnt' },
  by_operations: { en: 'Held by operations', de: 'Vom Betriebsteam zurückgehalten' },
  no_show_claim: {
    en: 'One side claims that the other did not come',
    de: 'Eine Seite meldet, dass die andere nicht gekommen ist',
  },
  paid_elsewhere: {
    en: 'Paid elsewhere: paid out only when operations release it',
    de: 'Anderswo bezahlt: wird erst ausgezahlt, wenn das Betriebsteam sie freigibt',
  },
} as const satisfies Record<string, Words>

export type HeldReason = keyof typeof heldReasons
// Object.keys gives string[]; the table's keys are exactly the reasons.
export const heldReasonNames = Object.keys(heldReasons) as HeldReason[]

/** What moves between the platform and a consultant's account; each is a record of its own. */
export const transferKinds = {
  transfer: { en: 'Payout', de: 'Auszahlung' },
  reversal: { en: 'Payout taken back', de: 'Auszahlung zurückgeholt' },
  receivable: { en: 'Debt of the consultant', de: 'Schuld der Fachperson' },
  netting: { en: 'Debt set off against a payout', de: 'Schuld mit einer Auszahlung verrechnet' },
} as const satisfies Record<string, Words>

export type TransferKind = keyof typeof transferKinds

type TransferStateName = 'requested' | 'succeeded' | 'failed'

/** The states of a transfer or reversal. One that Stripe refused is over: a new one is made when it may work. */
export const transferStates = {
  requested: {
    label: { en: 'Requested', de: 'Angefordert' },
    terminal: false,
    to: {
      succeeded: { who: stripe, follows: 'the ledger has its movement' },
      failed: { who: stripe, follows: 'a payout is held back; a reversal becomes a debt of the consultant' },
    },
  },
  succeeded: { label: { en: 'Done', de: 'Ausgeführt' }, terminal: true, to: {} },
  failed: { label: { en: 'Refused', de: 'Abgelehnt' }, terminal: true, to: {} },
} as const satisfies StateTable<TransferStateName>

export type TransferState = keyof typeof transferStates
export const transferStateNames = namesOf(transferStates)
export const transferMachine: Machine<TransferState> = { noun: 'transfer', states: transferStates }

type DisputeStateName = 'inquiry' | 'needs_response' | 'under_review' | 'won' | 'lost' | 'inquiry_closed'

const decided = {
  won: { who: stripe, follows: 'payout and refunds go on' },
  lost: { who: stripe, follows: 'charged back: what was paid out is reversed' },
} as const

/** The bank takes evidence: it waits for an answer of ours. */
type DisputeMeaning = { takesEvidence: boolean }

/** The states of a dispute. Steps can be missed: Stripe tells of the newest alone. An inquiry takes no money yet, but freezes as well: refunding it would not end it. */
export const disputeStates = {
  inquiry: {
    label: { en: 'Inquiry of the bank', de: 'Rückfrage der Bank' },
    terminal: false,
    takesEvidence: true,
    to: {
      under_review: { who: stripe, follows: 'the bank took the amount back and decides' },
      needs_response: { who: stripe, follows: 'the bank took the amount back' },
      inquiry_closed: { who: stripe, follows: 'payout and refunds go on' },
      ...decided,
    },
  },
  needs_response: {
    label: { en: 'Needs evidence', de: 'Belege nötig' },
    terminal: false,
    takesEvidence: true,
    to: { under_review: { who: stripe, follows: 'evidence was submitted; the bank decides' }, ...decided },
  },
  under_review: {
    label: { en: 'The bank decides', de: 'Die Bank entscheidet' },
    terminal: false,
    takesEvidence: false,
    to: { needs_response: { who: stripe, follows: 'the bank wants more evidence' }, ...decided },
  },
  won: { label: { en: 'Won', de: 'Gewonnen' }, terminal: true, takesEvidence: false, to: {} },
  lost: { label: { en: 'Lost', de: 'Verloren' }, terminal: true, takesEvidence: false, to: {} },
  inquiry_closed: {
    label: { en: 'Inquiry closed', de: 'Rückfrage beendet' },
    terminal: true,
    takesEvidence: false,
    to: {},
  },
} as const satisfies StateTable<DisputeStateName, DisputeMeaning>

export type DisputeState = keyof typeof disputeStates
export const disputeStateNames = namesOf(disputeStates)
export const disputeMachine: Machine<DisputeState> = { noun: 'dispute', states: disputeStates }

/** While one is open, payout and refunds of its payment are frozen. */
export const openDisputes = statesWhere(disputeStates, 'terminal', false)
export const disputesForEvidence = statesWhere(disputeStates, 'takesEvidence', true)

/** What operations can tell the bank about a dispute. */
export const disputeAnswers = {
  evidence: { en: 'Evidence', de: 'Belege' },
  accept: { en: 'Accepted: the customer is right', de: 'Akzeptiert: die Kundin oder der Kunde hat recht' },
} as const satisfies Record<string, Words>

export type DisputeAnswer = keyof typeof disputeAnswers

type DisputeAnswerStateName = 'requested' | 'succeeded' | 'failed'

const answeredAgain = { who: staff, follows: 'operations answer again; Stripe is asked under another key' } as const

/** The states of an answer to the bank. */
export const disputeAnswerStates = {
  requested: {
    label: { en: 'On its way to Stripe', de: 'Unterwegs zu Stripe' },
    terminal: false,
    to: {
      succeeded: { who: stripe, follows: 'Stripe has it' },
      failed: { who: stripe, follows: 'operations see why, and may answer again' },
    },
  },
  succeeded: { label: { en: 'Sent', de: 'Gesendet' }, terminal: true, to: { requested: answeredAgain } },
  failed: {
    label: { en: 'Refused by Stripe', de: 'Von Stripe abgelehnt' },
    terminal: true,
    to: { requested: answeredAgain },
  },
} as const satisfies StateTable<DisputeAnswerStateName>

export type DisputeAnswerState = keyof typeof disputeAnswerStates
export const disputeAnswerMachine: Machine<DisputeAnswerState> = {
  noun: 'answer to the bank',
  states: disputeAnswerStates,
}
