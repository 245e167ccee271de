import { runErrand } from '#outbox/follow-errand'
import { sweepBatch, type Work } from '#outbox/task'
import type { Errand } from '#outbox/task-payloads'
import type { AccountMailFacts } from './account-mail/account-mail-queries'
import { deliverAccountMail } from './account-mail/deliver-account-mail'
import { deliverMail } from './channels/email/deliver-mail'
import { deliverNotification } from './deliver/deliver-notification'
import type { MessageSubjects } from './message-subjects'
import { deleteExpiredNotifications } from './notification-queries'
import { notificationsOverdue } from './notifications-overdue-queries'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    'deliver-notification': { notificationId: string }
    /** A mail about a login; the token of its link is read from there. */
    'deliver-account-mail': Errand<AccountMailFacts>
    /** A mail that is neither: whatever else Payload sends. */
    'deliver-mail': Errand<{ to: string; subject: string; html: string; text: string; key: string }>
  }
}

/** @param subjects how to look up what a message speaks of. */
export const notificationsWork = (subjects: MessageSubjects) =>
  ({
    tasks: {
      'deliver-notification': (payload, { notificationId }) =>
        deliverNotification(payload, { notificationId, subjects }),
      'deliver-account-mail': runErrand<'deliver-account-mail'>(deliverAccountMail),
      'deliver-mail': runErrand<'deliver-mail'>(deliverMail),
    },
    overdue: notificationsOverdue,
    tidy: [(payload) => deleteExpiredNotifications(payload, sweepBatch)],
  }) satisfies Work
