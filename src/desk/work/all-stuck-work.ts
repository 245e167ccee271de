import type { CollectionSlug } from 'payload'
import { accountsStuck } from '#accounts/accounts-stuck'
import { availabilityStuck } from '#availability/availability-stuck'
import { calendarStuck } from '#calendar/calendar-stuck-queries'
import { checkoutStuck } from '#checkout/checkout-stuck-queries'
import { directoryStuck } from '#directory/directory-stuck'
import { eventsStuck } from '#events/events-stuck'
import { mediaStuck } from '#media/media-stuck'
import { meetingsStuck } from '#meetings/meetings-stuck-queries'
import { notificationsStuck } from '#notifications/notifications-stuck-queries'
import { backfillStuck } from '#outbox/backfill-work'
import { stuckJobs } from '#outbox/stuck-job-queries'
import type { StuckKind, StuckWork, TaskWords } from '#outbox/stuck-work'
import type { TaskName } from '#outbox/task-payloads'
import { paymentsStuck } from '#payments/payments-stuck-queries'
import { requestsStuck } from '#requests/requests-stuck'
import { sessionsStuck } from '#sessions/sessions-stuck'

/** Those of the features that have kinds of work of their own, in the order in which they are shown. */
const features: readonly StuckWork[] = [notificationsStuck, paymentsStuck, checkoutStuck, meetingsStuck, calendarStuck]

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

/** Every task of the worker in words: the features' and the worker's own. */
const taskWords: Readonly<Record<TaskName, TaskWords>> = {
  ...notificationsStuck.tasks,
  ...accountsStuck.tasks,
  ...paymentsStuck.tasks,
  ...checkoutStuck.tasks,
  ...meetingsStuck.tasks,
  ...calendarStuck.tasks,
  ...sessionsStuck.tasks,
  ...requestsStuck.tasks,
  ...directoryStuck.tasks,
  ...availabilityStuck.tasks,
  ...eventsStuck.tasks,
  ...backfillStuck.tasks,
  ...mediaStuck.tasks,
  sweep: { label: 'Looking for what jobs missed', ifGivenUp: 'It is done again every minute.' },
}

/** Everything that can be stuck, by kind. */
export const stuckKinds: ReadonlyMap<string, StuckKind> = new Map([
  ...features.flatMap(({ kinds = {} }) => Object.entries(kinds)),
  ['job', stuckJobs(taskWords, recordsInJobs)],
])
