import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue } from './enqueue'
import { findOverdue, removeGivenUp } from './overdue-queries'
import type { Overdue } from './task'

/** Enqueues what is overdue. Everything that it starts looks at the present state first, so starting it twice is harmless. */
export const enqueueOverdue = async (payload: Payload, overdue: readonly Overdue[]): Promise<void> => {
  const jobs = await findOverdue(payload, overdue)
  if (!jobs.length) return
  const keys = jobs.flatMap(({ key }) => key ?? [])
  await withTransaction(payload, async (req) => {
    await removeGivenUp(req, keys)
    await enqueue(req, ...jobs)
  })
}
