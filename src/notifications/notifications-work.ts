import type { Payload } from 'payload'
import { runErrand } from '#outbox/follow-errand'
import type { Work } from '#outbox/task'
import type { Errand } from '#outbox/task-payloads'
import { deliverMail } from './channels/email/deliver-mail'
import { deliverNotification } from './deliver/deliver-notification'
import { deleteCountedMails } from './deliver/unconfirmed-queries'
import type { MessageSubjects } from './message-subjects'
import { deleteOldMessages } from './notification-queries'
import { notificationsOverdue } from './notifications-overdue-queries'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** Sends a mail. */
    'deliver-notification': { notificationId: string }
    /** Sends a message over a channel of the installation. */
    'deliver-over-channel': { notificationId: string }
    /** A mail that is neither this nor about a login: whatever else Payload sends. */
    'deliver-mail': Errand<{ to: string; subject: string; html: string; text: string; key: string }>
  }
}

/** @param subjects how to look up what a message speaks of. */
export const notificationsWork = (subjects: MessageSubjects) => {
  const deliver = (payload: Payload, { notificationId }: { notificationId: string }) =>
    deliverNotification(payload, { notificationId, subjects })
  return {
    tasks: {
      'deliver-notification': deliver,
      'deliver-over-channel': deliver,
      'deliver-mail': runErrand<'deliver-mail'>(deliverMail),
    },
    overdue: notificationsOverdue,
    tidy: [deleteOldMessages, deleteCountedMails],
  } satisfies Work
}
