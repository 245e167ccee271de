import type { CollectionSlug } from 'payload'
import { availabilityStuck } from '#availability/availability-stuck'
import { calendarStuck } from '#calendar/calendar-stuck-queries'
import { checkoutStuck } from '#checkout/checkout-stuck-queries'
import { directoryStuck } from '#directory/directory-stuck'
import { eventsStuck } from '#events/events-stuck'
import { meetingsStuck } from '#meetings/meetings-stuck-queries'
import { notificationsStuck } from '#notifications/notifications-stuck-queries'
import { stuckJobs } from '#outbox/stuck-job-queries'
import type { StuckKind, StuckWork, TaskWords } from '#outbox/stuck-work'
import { paymentsStuck } from '#payments/payments-stuck-queries'
import { requestsStuck } from '#requests/requests-stuck'
import { sessionsStuck } from '#sessions/sessions-stuck'

const features: readonly StuckWork[] = [
  notificationsStuck,
  paymentsStuck,
  checkoutStuck,
  meetingsStuck,
  calendarStuck,
  sessionsStuck,
  requestsStuck,
  directoryStuck,
  availabilityStuck,
  eventsStuck,
]

/** Which record a field in the payload of a job names. */
const recordsInJobs = {
  sessionId: 'scheduled-sessions',
  requestId: 'consultation-requests',
  paymentId: 'payments',
  refundId: 'refunds',
  disputeId: 'disputes',
  notificationId: 'notifications',
  stripeEventId: 'stripe-events',
  calendarEventId: 'calendar-events',
  calendarId: 'connected-calendars',
  connectionId: 'calendar-connections',
  consultantId: 'consultant-profiles',
  customerId: 'customers',
  userId: 'users',
  payoutAccountId: 'payout-accounts',
  runId: 'reconciliation-runs',
  reviewId: 'reviews',
} as const satisfies Record<string, CollectionSlug>

/** The worker's own, which no feature has. */
const sweep = {
  sweep: { label: 'Looking for what jobs missed', ifGivenUp: 'It is done again every minute.' },
} satisfies Record<string, TaskWords>

/** Every task of the worker in words. */
export const taskWords: Readonly<Record<string, TaskWords>> = Object.assign({}, ...features.map(({ tasks }) => tasks), sweep)

/** Everything that can be stuck, by kind. */
export const stuckKinds: ReadonlyMap<string, StuckKind> = new Map([
  ...features.flatMap(({ kinds = {} }) => Object.entries(kinds)),
  ['job', stuckJobs(taskWords, recordsInJobs)],
])
