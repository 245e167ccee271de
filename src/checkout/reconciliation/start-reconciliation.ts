import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import { findRunningRun, insertRun } from '#payments/reconciliation/reconciliation-queries'

/**
 * Begins a comparison of the books with Stripe, in the open transaction. While one runs there is no second one: its job is put
 * into the queue once more, for the case that its worker is gone.
 * @returns the id of the run.
 */
export const startReconciliation = async (
  req: PayloadRequest,
  { trigger, requestedBy }: { trigger: 'nightly' | 'operations'; requestedBy: string | null },
): Promise<string> => {
  const id = (await insertRun(req, { trigger, requestedBy, now: Date.now() })) ?? (await findRunningRun(req))?.id
  if (id === undefined) throw new Error('The run that was going on has just ended.')
  await enqueue(req, { task: 'reconcile', payload: { runId: id }, key: `reconcile:${id}` })
  return id
}
