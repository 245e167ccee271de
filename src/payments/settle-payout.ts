import type { Task } from '../outbox/task'

/** Nothing is paid out yet. */
export const settlePayout: Task<'settle-payout'> = async () => undefined
