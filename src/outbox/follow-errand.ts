import type { Payload, PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { dropErrand, endErrand, findErrand, takeErrand } from './errand-queries'
import type { Task } from './task'
import type { Errand, ErrandTask, FactsOf } from './task-payloads'

/** Until nobody runs a release any more whose jobs held the facts themselves. */
const isOfOlderRelease = (job: object): boolean => !('errandId' in job)

/**
 * Follows an errand in one transaction, which ends it: once, however many jobs there are for it.
 * @param follow what is to be done; `isAgain` when that is done already and only the rest is left, which it returns. The rest is done
 *   after the commit, at least once.
 */
export const followErrand =
  <Name extends ErrandTask>(
    follow: (
      req: PayloadRequest,
      facts: FactsOf<Name>,
      options: { isAgain: boolean },
    ) => Promise<(() => Promise<void>) | void>,
  ): ((payload: Payload, job: Errand<FactsOf<Name>>) => Promise<void>) =>
  async (payload, job) => {
    const { errandId } = job
    const rest = await withTransaction(payload, async (req) => {
      if (isOfOlderRelease(job)) return follow(req, job as unknown as FactsOf<Name>, { isAgain: false })
      const errand = await takeErrand(req, errandId)
      if (!errand) return undefined
      // What `enqueue` typed when it was written.
      const further = await follow(req, errand.facts as FactsOf<Name>, { isAgain: errand.isTaken })
      if (!further) await endErrand(req, errandId)
      return further
    })
    if (!rest) return
    await rest()
    if (!isOfOlderRelease(job)) await dropErrand(payload, errandId)
  }

/** Runs an errand that the outside world has a part in: at least once, and then it is over. */
export const runErrand =
  <Name extends ErrandTask>(
    run: (payload: Payload, facts: FactsOf<Name>) => Promise<void>,
  ): ((payload: Payload, job: Errand<FactsOf<Name>>) => Promise<void>) =>
  async (payload, job) => {
    if (isOfOlderRelease(job)) return run(payload, job as unknown as FactsOf<Name>)
    const facts = await findErrand(payload, job.errandId)
    if (facts === undefined) return
    await run(payload, facts as FactsOf<Name>)
    await dropErrand(payload, job.errandId)
  }
