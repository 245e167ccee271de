import type { PayloadRequest } from 'payload'
import { actorOf } from '#access/act-as'
import { IllegalTransition } from '#database/store-state'
import { savepoint } from '#database/transactions'
import type { Mending, StuckKind } from '#outbox/stuck-work'
import { DomainError } from '#shared/errors'
import { safeLine } from '#shared/safe-line'
import { stuckKinds } from './all-stuck-work'
import { findGivenUp, findStuckWork, insertDecision, lockWork, type WorkRow } from './work-queries'

export type WorkItem = { kind: string; id: string }

/** What staff decide about a piece of stuck work. */
export type WorkDecision =
  /** `isGivenUp`: whoever decides knows that it was given up. */
  { decision: 'try_again'; isGivenUp?: boolean; reason?: undefined } | { decision: 'give_up'; reason: string }

const meanwhile = () =>
  new DomainError(
    'conflict',
    'It is not stuck any more: it was done, or somebody decided meanwhile. Load the list again.',
  )

const mendingOf = (kind: StuckKind, { decision }: WorkDecision): Mending =>
  decision === 'try_again' ? kind.tryAgain : kind.giveUp

/** Nobody takes back unseen what a colleague has decided. */
const refuseGivenUp = async (req: PayloadRequest, row: WorkRow): Promise<void> => {
  const before = await findGivenUp(req, row)
  if (before) throw new DomainError('conflict', `It was given up meanwhile: “${before.reason}” Load the list again.`)
}

/** The worker was faster: what its state does not allow any more was done meanwhile. */
const runOrMeanwhile = async (run: () => Promise<boolean>): Promise<void> => {
  try {
    if (!(await run())) throw meanwhile()
  } catch (error) {
    if (error instanceof IllegalTransition) throw meanwhile()
    throw error
  }
}

/**
 * Does what staff decided about a piece of stuck work, and writes down that they did. Of two who decide at once the second one finds what the first
 * has done. For the open transaction of `req`.
 * @throws DomainError `conflict` when it is not stuck any more; `illegal_transition` when that cannot be done with it; what its gate refuses with.
 */
export const mendWork = async (req: PayloadRequest, item: WorkItem, decision: WorkDecision): Promise<void> => {
  const kind = stuckKinds.get(item.kind)
  if (!kind) throw new DomainError('not_found', `There is no kind of work "${item.kind}".`)
  await lockWork(req, item)
  const [row] = await findStuckWork(req, stuckKinds, [item])
  if (!row) throw meanwhile()
  if (decision.decision === 'give_up' || !decision.isGivenUp) await refuseGivenUp(req, row)
  const mending = mendingOf(kind, decision)
  const refusal = mending.refuses?.(row)
  if (refusal !== undefined) throw new DomainError('illegal_transition', refusal)
  const actor = actorOf(req)
  await runOrMeanwhile(() => mending.run(req, row, { actor, reason: decision.reason ?? '' }))
  // What was noted may hold anything, and is kept for longer than what it was noted of.
  const known = { ...row, error: row.error === null ? null : safeLine(row.error) }
  await insertDecision(req, known, { decision: decision.decision, actor, reason: decision.reason ?? null })
}

export type MendingResult = WorkItem & { isDone: boolean; detail: string | null }

/** The same for several; each on its own, so that one that is refused does not keep the others. */
export const mendAllWork = async (
  req: PayloadRequest,
  items: readonly WorkItem[],
  decision: WorkDecision,
): Promise<MendingResult[]> => {
  const results: MendingResult[] = []
  // In one order, so that two who decide about the same wait for each other and not in a circle.
  const sorted = items.toSorted((a, b) => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1))
  for (const { kind, id } of sorted) {
    try {
      await savepoint(req, (inner) => mendWork(inner, { kind, id }, decision))
      results.push({ kind, id, isDone: true, detail: null })
    } catch (error) {
      if (!(error instanceof DomainError) || error.status >= 500) throw error
      results.push({ kind, id, isDone: false, detail: error.message })
    }
  }
  return results
}
