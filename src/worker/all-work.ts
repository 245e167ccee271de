import { accountsWork } from '#accounts/accounts-work'
import { availabilityWork } from '#availability/availability-work'
import { calendarWork } from '#calendar/calendar-work'
import { checkoutWork } from '#checkout/checkout-work'
import { directoryWork } from '#directory/directory-work'
import { deleteOldLocks } from '#database/delete-old-locks'
import { deleteOldLimits } from '#database/limit-store'
import { deleteOldKeys } from '#endpoints/support/idempotency-queries'
import { eventsWork } from '#events/events-work'
import { mediaWork } from '#media/media-work'
import { notificationsWork } from '#notifications/notifications-work'
import { backfillWork } from '#outbox/backfill-work'
import { deleteRemains } from '#outbox/overdue-queries'
import type { Overdue, Tasks, Tidy, Work } from '#outbox/task'
import type { TaskName } from '#outbox/task-payloads'
import { paymentsWork } from '#payments/payments-work'
import { deleteIdleLimits } from '#providers/provider-queries'
import { findRequestById } from '#requests/request-queries'
import { requestsWork } from '#requests/requests-work'
import { findSessionById } from '#sessions/session-queries'
import { sessionsWork } from '#sessions/sessions-work'

const messagesWork = notificationsWork({ session: findSessionById, request: findRequestById })

/** What the worker does, by feature. */
const allWork: readonly Work[] = [
  checkoutWork,
  requestsWork,
  paymentsWork,
  sessionsWork,
  availabilityWork,
  messagesWork,
  accountsWork,
  directoryWork,
  calendarWork,
  eventsWork,
  backfillWork,
  mediaWork,
]

/** The work of the features, by name; the sweep over them is the worker's own. */
export const featureTasks: Omit<Tasks, 'sweep'> = {
  ...accountsWork.tasks,
  ...availabilityWork.tasks,
  ...backfillWork.tasks,
  ...calendarWork.tasks,
  ...checkoutWork.tasks,
  ...directoryWork.tasks,
  ...eventsWork.tasks,
  ...mediaWork.tasks,
  ...messagesWork.tasks,
  ...paymentsWork.tasks,
  ...requestsWork.tasks,
  ...sessionsWork.tasks,
}

/** When regular work is done. */
export const featureSchedule: Partial<Record<TaskName, string>> = Object.assign(
  {},
  ...allWork.map(({ schedule }) => schedule),
)

export const overdue: readonly Overdue[] = allWork.flatMap((work) => work.overdue ?? [])

export const tidying: readonly Tidy[] = [
  ...allWork.flatMap((work) => work.tidy ?? []),
  deleteOldKeys,
  deleteIdleLimits,
  deleteOldLimits,
  deleteOldLocks,
  deleteRemains,
]
