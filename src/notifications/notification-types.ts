import type { Notification } from '#payload-types'
import type { Words } from '#shared/words'

/** Every message that the platform sends to a person: the word in the database, and what operations read. */
export const notificationTypes = {
  booking_confirmation: { en: 'Booking confirmed', de: 'Buchung bestätigt' },
  booking_reminder: { en: 'Reminder', de: 'Erinnerung' },
  session_started: { en: 'Session started', de: 'Termin begonnen' },
  session_completed: { en: 'Session completed', de: 'Termin abgeschlossen' },
  recording_ready: { en: 'Recording ready', de: 'Aufzeichnung bereit' },
  payment_received: { en: 'Payment received', de: 'Zahlung erhalten' },
  refund_processed: { en: 'Refund', de: 'Erstattung' },
  availability_request: { en: 'Request for a time', de: 'Bitte um Zeiten' },
  message_received: { en: 'Message', de: 'Nachricht' },
  booking_rescheduled: { en: 'Booking moved', de: 'Buchung verschoben' },
  booking_cancelled: { en: 'Booking cancelled', de: 'Buchung storniert' },
  booking_declined: { en: 'Booking declined', de: 'Buchung abgelehnt' },
  booking_expired: { en: 'Booking expired', de: 'Buchung abgelaufen' },
  confirmation_requested: { en: 'Booking to confirm', de: 'Buchung zu bestätigen' },
  address_to_confirm: { en: 'Booking to confirm by mail', de: 'Buchung per Mail zu bestätigen' },
  payment_requested: { en: 'Payment asked for', de: 'Zahlung angefordert' },
  payment_failed: { en: 'Payment failed', de: 'Zahlung fehlgeschlagen' },
  review_requested: { en: 'Review asked for', de: 'Bitte um Bewertung' },
  no_show: { en: 'Missed session', de: 'Versäumter Termin' },
  request_received: { en: 'Request received', de: 'Anfrage erhalten' },
  request_assigned: { en: 'Request assigned', de: 'Anfrage zugewiesen' },
  request_proposed: { en: 'Times proposed', de: 'Zeiten vorgeschlagen' },
  request_rejected: { en: 'Request rejected', de: 'Anfrage abgelehnt' },
  request_cancelled: { en: 'Request cancelled', de: 'Anfrage zurückgezogen' },
  request_expired: { en: 'Request expired', de: 'Anfrage abgelaufen' },
  payout: { en: 'Payout', de: 'Auszahlung' },
  payout_held: { en: 'Payout held back', de: 'Auszahlung zurückgehalten' },
  dispute: { en: 'Dispute', de: 'Streitfall' },
  books_differ: { en: 'Books differ', de: 'Bücher weichen ab' },
  calendar_disconnected: { en: 'Calendar disconnected', de: 'Kalender getrennt' },
  calendar_conflict: { en: 'Calendar conflict', de: 'Konflikt im Kalender' },
} as const satisfies Record<string, Words>

export type NotificationType = keyof typeof notificationTypes

// Object.keys gives string[]; the table's keys are exactly the types.
export const notificationTypeNames = Object.keys(notificationTypes) as NotificationType[]

/** A channel by its name; an installation's own are in its generated types. */
export type NotificationChannel = NonNullable<Notification['channels']>[number]
