import type { AccountNews } from '#payments/account/decide-account-news'
import type { Actor } from '#shared/actor'

/**
 * Every job of the worker and what it is given. A payload holds ids only: a task reads the present state under a lock and
 * does what is still to do, so running it twice, late or out of order is harmless.
 */
export type TaskPayloads = {
  /** What follows a change of a scheduled session: messages, timers, statistics, published slots. */
  'follow-session': { sessionId: string; event: SessionEvent; detail?: Record<string, unknown> }
  /** What follows a change of a consultation request. */
  'follow-request': { requestId: string; event: RequestEvent; detail?: Record<string, unknown> }
  /** What follows when a consultant's payout account changed: messages. `occasion` tells it from the changes before. */
  'follow-payout-account': { payoutAccountId: string; news: AccountNews; occasion: string }
  'sync-payout-account': { payoutAccountId: string }
  /** A customer's name, address or language changed. */
  'tell-stripe-of-customer': { customerId: string }
  /** A card was saved twice. */
  'tidy-saved-cards': { customerId: string }
  'sync-stale-payout-accounts': Record<string, never>
  'deliver-notification': { notificationId: string }
  /** A mail about a login, with the token of its link. */
  'deliver-account-mail': {
    userId: string
    kind: 'account_verify' | 'password_reset'
    token: string
    language: string | null
  }
  /** A mail that is neither: whatever else Payload sends. */
  'deliver-mail': { to: string; subject: string; html: string; text: string; key: string }
  'process-stripe-event': { stripeEventId: string }
  'expire-payment': { sessionId: string }
  'expire-confirmation': { sessionId: string }
  'expire-request': { requestId: string }
  'complete-session': { sessionId: string }
  'remind-session': { sessionId: string; kind: 'day' | 'hour' }
  'expire-authorization': { sessionId: string }
  'close-refunded-session': { sessionId: string }
  'settle-payment': { paymentId: string }
  /** Makes what was paid out for a payment what it should be; `by` whom, when somebody asked for it. */
  'settle-payout': { paymentId: string; by?: Actor }
  'look-up-stripe-fee': { paymentId: string }
  'run-refund': { refundId: string }
  'settle-room': { sessionId: string }
  'process-meeting-event': { meetingEventId: string }
  /** Tells the bank what operations have decided about a dispute. */
  'answer-dispute': { disputeId: string }
  /** What follows for people when something happened to a payout; of which transfer or dispute. */
  'follow-payout': { paymentId: string; event: PayoutEvent; recordId?: string }
  'release-hold': { slotId: string }
  'publish-slots': { consultantId: string }
  'publish-all-slots': Record<string, never>
  /** Compares the books with Stripe. Without a run (the nightly one): the one that is running, or a new one. */
  reconcile: { runId?: string }
  /** Reads which calendars a connected account has. */
  'read-calendar-list': { connectionId: string }
  /** Reads what keeps the owner of a calendar from being booked; `isFull`: from the beginning. */
  'sync-calendar': { calendarId: string; isFull?: boolean }
  /** Keeps a channel open on which changes of a calendar are reported. */
  'watch-calendar': { calendarId: string }
  /** Makes a calendar agree with one session. */
  'deliver-calendar-event': { calendarEventId: string }
  /** Looks whether a person changed the entry of a session. */
  'check-calendar-event': { calendarEventId: string }
  'flag-calendar-conflicts': { consultantId: string }
  /** Stops the channels of an account that was disconnected and gives back what was allowed. */
  'end-calendar-access': { connectionId: string }
  'sweep-calendars': Record<string, never>
  sweep: Record<string, never>
}

export type TaskName = keyof TaskPayloads

export const sessionEvents = [
  'created',
  'scheduled',
  'rescheduled',
  'closed',
  'started',
  'completed',
  'payment-failed',
  'paid-too-late',
  'refunded',
  'refund-failed',
  'recording-ready',
] as const
export type SessionEvent = (typeof sessionEvents)[number]

/** `set-off`: a debt was kept back from a payout; `debt`: one was recorded. */
export type PayoutEvent = 'paid' | 'held' | 'set-off' | 'debt' | 'dispute-opened' | 'dispute-decided'

export const requestEvents = ['created', 'assigned', 'proposed', 'scheduled', 'closed'] as const
export type RequestEvent = (typeof requestEvents)[number]
