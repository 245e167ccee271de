import type { SlotState } from '#availability/slot-states'
import type { RequestState } from '#requests/request-states'
import type { SessionState } from '#sessions/session-states'
import type { ConnectionState } from '#calendar/connections/connection-states'
import type { DeliveryState } from '#notifications/delivery-states'
import type { DisputeState, PaymentState, PayoutState, RefundState, TransferState } from '#payments/payment-states'
import type { PayoutAccountState } from '#payments/account/payout-account-states'

export type Tone = 'good' | 'waiting' | 'bad' | 'over'

type KnownState =
  | SessionState
  | RequestState
  | SlotState
  | PaymentState
  | RefundState
  | PayoutState
  | TransferState
  | DisputeState
  | PayoutAccountState
  | DeliveryState
  | ConnectionState

/** The same name looks the same in every machine. A new state is missed here by the compiler. */
const tones: Readonly<Record<KnownState, Tone>> = {
  scheduled: 'good',
  in_progress: 'good',
  completed: 'good',
  succeeded: 'good',
  sent: 'good',
  booked: 'good',
  connected: 'good',
  paid: 'good',
  active: 'good',
  available: 'good',
  won: 'good',
  inquiry_closed: 'good',
  pending: 'waiting',
  pending_assignment: 'waiting',
  pending_confirmation: 'waiting',
  pending_payment: 'waiting',
  requested: 'waiting',
  processing: 'waiting',
  authorized: 'waiting',
  queued: 'waiting',
  held: 'waiting',
  due: 'waiting',
  disputed: 'waiting',
  needs_reauth: 'waiting',
  inquiry: 'waiting',
  needs_response: 'waiting',
  under_review: 'waiting',
  onboarding: 'waiting',
  failed: 'bad',
  error: 'bad',
  chargeback: 'bad',
  no_show_user: 'bad',
  no_show_consultant: 'bad',
  lost: 'bad',
  restricted: 'bad',
  disconnected: 'bad',
  cancelled_by_user: 'over',
  cancelled_by_consultant: 'over',
  cancelled_by_operations: 'over',
  cancelled: 'over',
  declined: 'over',
  rejected: 'over',
  expired: 'over',
  refunded: 'over',
  partially_refunded: 'over',
  blocked: 'over',
  released: 'over',
  not_due: 'over',
  reversed: 'over',
  skipped: 'over',
}

/** What else stands in a column of states: events, runs, reviews, profiles. */
const otherTones: Readonly<Record<string, Tone>> = {
  processed: 'good',
  approved: 'good',
  published: 'good',
  finished: 'good',
  resolved: 'good',
  granted: 'good',
  withdrawn: 'over',
  received: 'waiting',
  running: 'waiting',
  open: 'waiting',
  suspended: 'bad',
}

/** How a state looks at a glance: as it should be, waiting for somebody, gone wrong, or over. */
export const toneOf = (state: string): Tone => ({ ...otherTones, ...tones })[state] ?? 'over'
