import type { Notification } from '#payload-types'

/** Every message that the platform sends to a person: the word in the database, and what operations read. */
export const notificationTypes = {
  booking_confirmation: 'Booking confirmed',
  booking_reminder: 'Reminder',
  session_started: 'Session started',
  session_completed: 'Session completed',
  recording_ready: 'Recording ready',
  payment_received: 'Payment received',
  refund_processed: 'Refund',
  availability_request: 'Request for a time',
  message_received: 'Message',
  booking_rescheduled: 'Booking moved',
  booking_cancelled: 'Booking cancelled',
  booking_declined: 'Booking declined',
  booking_expired: 'Booking expired',
  confirmation_requested: 'Booking to confirm',
  address_to_confirm: 'Booking to confirm by mail',
  payment_requested: 'Payment asked for',
  payment_failed: 'Payment failed',
  review_requested: 'Review asked for',
  no_show: 'Missed session',
  request_received: 'Request received',
  request_assigned: 'Request assigned',
  request_proposed: 'Times proposed',
  request_rejected: 'Request rejected',
  request_cancelled: 'Request cancelled',
  request_expired: 'Request expired',
  payout: 'Payout',
  payout_held: 'Payout held back',
  dispute: 'Dispute',
  books_differ: 'Books differ',
  calendar_disconnected: 'Calendar disconnected',
  calendar_conflict: 'Calendar conflict',
} as const satisfies Record<string, string>

export type NotificationType = keyof typeof notificationTypes

// Object.keys gives string[]; the table's keys are exactly the types.
export const notificationTypeNames = Object.keys(notificationTypes) as NotificationType[]

/** A channel by its name; an installation's own are in its generated types. */
export type NotificationChannel = NonNullable<Notification['channels']>[number]
