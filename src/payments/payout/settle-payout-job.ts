import type { Job } from '#outbox/enqueue'
import type { Actor } from '#shared/actor'

/** The job that makes a payout what it should be; at once, or not before `runAt` (epoch ms). */
export const settlePayoutJob = (paymentId: string, options: { runAt?: number; by?: Actor } = {}): Job => ({
  task: 'settle-payout',
  payload: { paymentId, ...(options.by ? { by: options.by } : {}) },
  key: `settle-payout:${paymentId}`,
  ...(options.runAt === undefined ? {} : { runAt: new Date(options.runAt) }),
})
