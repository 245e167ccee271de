import type { Job } from '#outbox/enqueue'

/** The job that sends the mail of a notification; at once, or not before `runAt`. */
export const deliveryJob = (notificationId: string, runAt?: Date): Job => ({
  task: 'deliver-notification',
  payload: { notificationId },
  key: `deliver-notification:${notificationId}`,
  ...(runAt ? { runAt } : {}),
})
