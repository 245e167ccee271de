import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { listMoneyFaults } from '#payments/ledger/money-fault-queries'
import {
  endRun,
  findEntriesOf,
  findRun,
  type LedgerObject,
  listOpenFindings,
  listPendingObjects,
  listUnseenEntries,
  type OpenFinding,
  type PendingObject,
  type ReconciliationRun,
  resolveFinding,
  resolveOldFaults,
  storeFinding,
  storePage,
} from '#payments/reconciliation/reconciliation-queries'
import { listBalanceMovements, listMovementsOf } from '#payments/stripe/balance-transactions'
import { ProviderError } from '#payments/stripe/provider-error'
import { compareMovements } from './compare-movements'
import { followPending } from './heal-movement'
import { startReconciliation } from './start-reconciliation'
import { tellOperations } from './tell-operations'

/** At most so much is held in memory at once. */
const batch = 100
/** More than anybody reads; one wrong rule could find all payments wrong. */
const faultLimit = 1_000
/** A bank may take days; what Stripe knows by now, it told us within this time, unless the event was lost. */
const quietMinutes = 60

/** Another worker goes on with the run. */
class RunTakenOver extends Error {
  override readonly name = 'RunTakenOver'
}

/** Goes through Stripe's balance from the newest entry of the run's time to the oldest. */
const comparePages = async (payload: Payload, begun: ReconciliationRun): Promise<void> => {
  let run = begun
  for (;;) {
    const { movements, hasMore } = await listBalanceMovements({ ...run, after: run.cursor })
    const last = movements.at(-1)
    if (!last) return
    const { healed, findings } = await compareMovements(payload, movements)
    for (const finding of findings) await storeFinding(payload, run.id, finding)
    const objectIds = movements.map(({ objectId }) => objectId)
    const page = { cursor: last.id, checked: movements.length, healed, objectIds }
    if (!(await storePage(payload, run, page))) throw new RunTakenOver()
    if (!hasMore) return
    run = { ...run, cursor: last.id }
  }
}

/** One that cannot be followed keeps no other from it. @throws ProviderError when Stripe cannot be asked. */
const tryToFollow = async (payload: Payload, pending: PendingObject): Promise<void> => {
  try {
    await followPending(payload, pending)
  } catch (error) {
    if (error instanceof ProviderError && !error.definitive) throw error
    payload.logger.warn({
      err: error,
      objectId: pending.objectId,
      msg: 'Reconciliation could not follow what is under way',
    })
  }
}

/** Calls `visit` for everything that `list` answers, page by page. */
const forEachOf = async <T extends { id: string }>(
  list: (page: { after: string | null; limit: number }) => Promise<T[]>,
  visit: (item: T) => Promise<void>,
): Promise<void> => {
  let after: string | null = null
  do {
    const items = await list({ after, limit: batch })
    for (const item of items) await visit(item)
    after = items.length === batch ? (items.at(-1)?.id ?? null) : null
  } while (after !== null)
}

/** Our clock is not Stripe's, so an entry that the run did not see is looked up by itself before it counts as missing there. */
const checkAtStripe = async (payload: Payload, runId: string, { objectId, entry, paymentId }: LedgerObject) => {
  const movements = await listMovementsOf(objectId)
  if (movements.length) {
    for (const finding of (await compareMovements(payload, movements)).findings) {
      await storeFinding(payload, runId, finding)
    }
    return
  }
  await storeFinding(payload, runId, {
    kind: 'missing_at_stripe',
    objectId,
    paymentId,
    ours: entry.amount,
    theirs: null,
    currency: entry.currency,
    detail: `The books have ${objectId}; Stripe's balance does not.`,
    facts: { entry: entry.kind },
  })
}

/** Looks at an old finding once more: it may have been put right meanwhile, by this run or by people. @returns what was healed. */
const checkAgain = async (payload: Payload, runId: string, found: OpenFinding): Promise<number> => {
  const movements = await listMovementsOf(found.objectId)
  if (found.kind === 'missing_at_stripe') {
    const isBooked = (await findEntriesOf(payload, [found.objectId])).size > 0
    if (movements.length || !isBooked) await resolveFinding(payload, found.id)
    return 0
  }
  const { healed, findings } = await compareMovements(payload, movements)
  for (const finding of findings) await storeFinding(payload, runId, finding)
  if (!findings.some(({ kind }) => kind === found.kind)) await resolveFinding(payload, found.id)
  return healed
}

/** The contradictions of the books with themselves, as findings. */
const checkBooks = async (payload: Payload, runId: string): Promise<void> => {
  const faults = await listMoneyFaults(payload, { limit: faultLimit })
  for (const { code, paymentId, sessionId, currency, detail, passing } of faults) {
    if (passing) continue
    await storeFinding(payload, runId, {
      kind: 'books_disagree',
      objectId: [code, paymentId ?? sessionId ?? currency].filter(Boolean).join(':'),
      paymentId,
      ours: null,
      theirs: null,
      currency,
      detail,
      facts: { code, sessionId },
    })
  }
  await resolveOldFaults(payload, runId)
}

const compareAll = async (payload: Payload, run: ReconciliationRun): Promise<{ healed: number }> => {
  let healed = 0
  await comparePages(payload, run)
  await forEachOf(
    (page) => listPendingObjects(payload, { ...page, quietMinutes }),
    async (pending) => {
      await tryToFollow(payload, pending)
    },
  )
  await forEachOf(
    (page) => listUnseenEntries(payload, run, page),
    (entry) => checkAtStripe(payload, run.id, entry),
  )
  await forEachOf(
    (page) => listOpenFindings(payload, page),
    async (finding) => {
      healed += await checkAgain(payload, run.id, finding)
    },
  )
  await checkBooks(payload, run.id)
  return { healed }
}

const carryOn = async (payload: Payload, run: ReconciliationRun): Promise<void> => {
  try {
    const { healed } = await compareAll(payload, run)
    const isOver = await endRun(payload, run.id, { status: 'finished', healed, error: null })
    if (isOver && run.trigger === 'nightly') await tellOperations(payload, run.until)
  } catch (error) {
    if (error instanceof RunTakenOver) return
    // The next run begins where the last one that finished has ended, so nothing is left out.
    if (!(error instanceof ProviderError)) throw error
    payload.logger.error({ err: error, runId: run.id, msg: 'Stripe could not be asked: the reconciliation has failed' })
    await endRun(payload, run.id, { status: 'failed', healed: 0, error: `${error.name}: ${error.message}` })
  }
}

/**
 * Compares the books with Stripe's balance. What the books miss is made good by the handlers of events; what differs is listed for
 * operations; no money is moved. May be killed at any point: the run goes on where it was, and doing a page twice changes nothing.
 * @param runId of a run that has begun; without it the nightly one begins, or the one goes on that is running.
 */
export const reconcile = async (payload: Payload, runId: string | undefined): Promise<void> => {
  const id =
    runId ??
    (await withTransaction(payload, (req) => startReconciliation(req, { trigger: 'nightly', requestedBy: null })))
  const run = await findRun(payload, id)
  if (run?.status === 'running') await carryOn(payload, run)
}
