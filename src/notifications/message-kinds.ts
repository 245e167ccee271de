import { openRequestStates } from '#requests/request-states'
import type { SubjectStates } from './message-subjects'
import type { NotificationChannel, NotificationType } from './notification-types'

/** To whom a message speaks; the wording differs, and so does where its button leads. `account`: whoever owns the login. */
export const messageAudiences = {
  customer: 'Customer',
  consultant: 'Consultant',
  operations: 'Operations',
  account: 'Owner of the login',
} as const satisfies Record<string, string>

export type MessageAudience = keyof typeof messageAudiences

/**
 * Who may switch it off: nobody (`transactional`: what was agreed, paid or asked for), those who do not want reminders,
 * those who want no further mails.
 */
export type MessageCategory = 'transactional' | 'reminder' | 'update'

/** The links a message can carry. */
export const messageLinkNames = ['manage', 'join', 'pay', 'review', 'invoice', 'receipt', 'account', 'decide'] as const
export type MessageLinkName = (typeof messageLinkNames)[number]

type MessageKindRow = {
  /** What operations read where they edit the wording. */
  label: string
  /** Under which type it is stored and filtered; null for mails about a login, which are no notifications. */
  type: NotificationType | null
  audiences: readonly MessageAudience[]
  category: MessageCategory
  channels: readonly NotificationChannel[]
  /** Where the button leads. */
  primary: MessageLinkName
  /** The calendar entry that goes with it. */
  calendar?: 'REQUEST' | 'CANCEL'
  /** It says something about the present: once the session or request is in another state, it is not sent any more. */
  onlyWhile?: { session: readonly SubjectStates['session'][] } | { request: readonly SubjectStates['request'][] }
}

const both = ['email', 'in-app'] as const
const toBothSides = ['customer', 'consultant'] as const
/** About what the customer has no part in. */
const hosts = ['consultant', 'operations'] as const

/** Every message that the platform writes. Texts, data and tests derive from the keys. */
export const messageKinds = {
  booking_confirmation: {
    label: 'Booking confirmed',
    type: 'booking_confirmation',
    audiences: toBothSides,
    category: 'transactional',
    channels: both,
    primary: 'manage',
    calendar: 'REQUEST',
  },
  booking_pending_payment: {
    label: 'Booking waits for payment',
    type: 'payment_requested',
    audiences: ['customer'],
    category: 'transactional',
    channels: both,
    primary: 'pay',
    onlyWhile: { session: ['pending_payment'] },
  },
  booking_awaiting_confirmation: {
    label: 'Booking waits for the consultant’s yes',
    type: 'confirmation_requested',
    audiences: toBothSides,
    category: 'transactional',
    channels: both,
    primary: 'manage',
    onlyWhile: { session: ['pending_confirmation'] },
  },
  booking_declined: {
    label: 'Booking declined',
    type: 'booking_declined',
    audiences: ['customer'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  booking_expired: {
    label: 'Booking expired',
    type: 'booking_expired',
    audiences: toBothSides,
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  booking_cancelled: {
    label: 'Booking cancelled',
    type: 'booking_cancelled',
    audiences: toBothSides,
    category: 'transactional',
    channels: both,
    primary: 'manage',
    calendar: 'CANCEL',
  },
  booking_rescheduled: {
    label: 'Booking moved',
    type: 'booking_rescheduled',
    audiences: toBothSides,
    category: 'transactional',
    channels: both,
    primary: 'manage',
    calendar: 'REQUEST',
  },
  booking_reminder: {
    label: 'Reminder',
    type: 'booking_reminder',
    audiences: toBothSides,
    category: 'reminder',
    channels: both,
    primary: 'join',
    onlyWhile: { session: ['scheduled'] },
  },
  session_started: {
    label: 'The consultant is waiting',
    type: 'session_started',
    audiences: ['customer'],
    category: 'update',
    channels: both,
    primary: 'join',
    onlyWhile: { session: ['in_progress'] },
  },
  session_completed: {
    label: 'Session completed, review asked for',
    type: 'session_completed',
    audiences: ['customer'],
    category: 'update',
    channels: both,
    primary: 'review',
    onlyWhile: { session: ['completed'] },
  },
  no_show: {
    label: 'Missed session',
    type: 'no_show',
    audiences: toBothSides,
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  recording_ready: {
    label: 'Recording ready',
    type: 'recording_ready',
    audiences: toBothSides,
    category: 'update',
    channels: both,
    primary: 'manage',
  },
  payment_received: {
    label: 'Payment received',
    type: 'payment_received',
    audiences: ['customer'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  payment_failed: {
    label: 'Payment failed',
    type: 'payment_failed',
    audiences: ['customer'],
    category: 'transactional',
    channels: both,
    primary: 'pay',
    onlyWhile: { session: ['pending_payment'] },
  },
  late_payment_refunded: {
    label: 'Late payment sent back',
    type: 'refund_processed',
    audiences: ['customer', 'operations'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  refund_processed: {
    label: 'Refund',
    type: 'refund_processed',
    audiences: ['customer'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  refund_failed: {
    label: 'Refund failed',
    type: 'refund_processed',
    audiences: ['operations'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  refund_to_return: {
    label: 'Refund to be returned by hand',
    type: 'refund_processed',
    audiences: ['operations'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  payout_made: {
    label: 'Paid out',
    type: 'payout',
    audiences: ['consultant'],
    category: 'update',
    channels: both,
    primary: 'manage',
  },
  payout_set_off: {
    label: 'Debt set off against a payout',
    type: 'payout',
    audiences: ['consultant'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  payout_held: {
    label: 'Payout held back',
    type: 'payout_held',
    audiences: hosts,
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  debt_recorded: {
    label: 'Payout to be given back',
    type: 'payout_held',
    audiences: hosts,
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  dispute_opened: {
    label: 'Payment disputed',
    type: 'dispute',
    audiences: hosts,
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  dispute_decided: {
    label: 'Dispute decided',
    type: 'dispute',
    audiences: hosts,
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  request_received: {
    label: 'Request received',
    type: 'request_received',
    audiences: ['customer', 'operations'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  availability_request: {
    label: 'Consultant asked for times',
    type: 'availability_request',
    audiences: ['consultant'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
    onlyWhile: { request: openRequestStates },
  },
  request_assigned: {
    label: 'Request given to a consultant',
    type: 'request_assigned',
    audiences: ['customer'],
    category: 'update',
    channels: both,
    primary: 'manage',
    onlyWhile: { request: openRequestStates },
  },
  request_proposed: {
    label: 'Times proposed',
    type: 'request_proposed',
    audiences: ['customer'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
    onlyWhile: { request: ['pending_confirmation'] },
  },
  request_rejected: {
    label: 'Request rejected',
    type: 'request_rejected',
    audiences: ['customer'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  request_expired: {
    label: 'Request expired',
    type: 'request_expired',
    audiences: ['customer'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  request_cancelled: {
    label: 'Request cancelled',
    type: 'request_cancelled',
    audiences: toBothSides,
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  message_received: {
    label: 'Message received',
    type: 'message_received',
    audiences: toBothSides,
    category: 'update',
    channels: both,
    primary: 'manage',
  },
  review_received: {
    label: 'Review received',
    type: 'message_received',
    audiences: ['consultant'],
    category: 'update',
    channels: both,
    primary: 'manage',
  },
  books_differ: {
    label: 'The books and Stripe differ',
    type: 'books_differ',
    audiences: ['operations'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
  },
  calendar_needs_reauth: {
    label: 'Calendar disconnected',
    type: 'calendar_disconnected',
    audiences: ['consultant'],
    category: 'transactional',
    channels: both,
    primary: 'account',
  },
  payout_account_needs_details: {
    label: 'Payout account needs details',
    type: 'payout_held',
    audiences: ['consultant', 'operations'],
    category: 'transactional',
    channels: both,
    primary: 'account',
  },
  payout_account_ready: {
    label: 'Payout account can be paid',
    type: 'payout',
    audiences: ['consultant'],
    category: 'transactional',
    channels: both,
    primary: 'account',
  },
  calendar_stale: {
    label: 'Calendar cannot be read',
    type: 'calendar_disconnected',
    audiences: ['consultant', 'operations'],
    category: 'transactional',
    channels: both,
    primary: 'account',
  },
  calendar_moved: {
    label: 'Session moved in the calendar',
    type: 'calendar_conflict',
    audiences: ['consultant'],
    category: 'transactional',
    channels: both,
    primary: 'decide',
    onlyWhile: { session: ['scheduled'] },
  },
  calendar_deleted: {
    label: 'Session deleted in the calendar',
    type: 'calendar_conflict',
    audiences: ['consultant'],
    category: 'transactional',
    channels: both,
    primary: 'decide',
    onlyWhile: { session: ['scheduled'] },
  },
  calendar_conflict: {
    label: 'Appointment at the time of a session',
    type: 'calendar_conflict',
    audiences: ['consultant'],
    category: 'transactional',
    channels: both,
    primary: 'decide',
    onlyWhile: { session: ['scheduled'] },
  },
  time_proposed: {
    label: 'New time proposed',
    type: 'request_proposed',
    audiences: ['customer'],
    category: 'transactional',
    channels: both,
    primary: 'decide',
    onlyWhile: { session: ['scheduled'] },
  },
  proposal_declined: {
    label: 'Proposed time declined',
    type: 'calendar_conflict',
    audiences: ['consultant'],
    category: 'transactional',
    channels: both,
    primary: 'manage',
    onlyWhile: { session: ['scheduled'] },
  },
  account_verify: {
    label: 'Verify the address',
    type: null,
    audiences: ['account'],
    category: 'transactional',
    channels: ['email'],
    primary: 'account',
  },
  password_reset: {
    label: 'New password',
    type: null,
    audiences: ['account'],
    category: 'transactional',
    channels: ['email'],
    primary: 'account',
  },
} as const satisfies Record<string, MessageKindRow>

export type MessageKind = keyof typeof messageKinds
export type AudienceOf<K extends MessageKind> = (typeof messageKinds)[K]['audiences'][number]

// Object.keys gives string[]; the table's keys are exactly the kinds.
export const messageKindNames = Object.keys(messageKinds) as MessageKind[]

/** The row without the literal types, for code that treats all kinds alike. */
export const messageKindRow = (kind: MessageKind): MessageKindRow => messageKinds[kind]
