import type { Job } from '#outbox/enqueue'
import { priorities } from '#outbox/task-traits'
import { type MessageCategory, type MessageKind, messageKindRow } from '../message-kinds'
import type { NotificationChannel } from '../notification-types'

/** What was agreed, paid or asked for goes out before reminders, and these before other news. */
const priorityOf: Record<MessageCategory, number> = {
  transactional: priorities.usual,
  reminder: priorities.later,
  update: priorities.bulk,
}

/** That of the job that sends a message of this kind. */
export const deliveryPriority = (kind: MessageKind): number => priorityOf[messageKindRow(kind).category]

/** Mails have a lane of their own: what an installation's channels are waited for holds up none of them. */
const deliveryTask = (channel: NotificationChannel) =>
  channel === 'email' ? ('deliver-notification' as const) : ('deliver-over-channel' as const)

/** The job that sends a notification over its channel; at once, or not before `runAt`. */
export const deliveryJob = (
  { id, channel, kind }: { id: string; channel: NotificationChannel; kind: MessageKind },
  runAt?: Date,
): Job => ({
  task: deliveryTask(channel),
  payload: { notificationId: id },
  key: `deliver-notification:${id}`,
  priority: deliveryPriority(kind),
  ...(runAt ? { runAt } : {}),
})
