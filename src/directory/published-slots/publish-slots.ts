import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { computePublishedSlots, publishedDays } from './compute-published-slots'
import { diffPublishedSlots } from './diff-published-slots'
import { refreshDirectory } from '../directory-queries'
import { findOffers, findTaken } from '#availability/offers/offer-queries'
import {
  findConsultantsToPublish,
  findPublishedRows,
  lockPublication,
  notePublished,
  writePublishedDiff,
} from './published-slot-queries'
import { dayMs } from '#shared/time'

/**
 * Brings the published free time of a consultant up to date: what the same function as for booking offers now, for the next 60
 * days. Nothing remains of one who cannot be booked. Running it twice, also at once, is harmless; it runs again after every
 * change, because whoever changes something puts it into the outbox with the change.
 */
export const publishSlots = async (payload: Payload, consultantId: string): Promise<void> =>
  withTransaction(payload, async (req) => {
    const rulesVersion = await lockPublication(req, consultantId)
    const now = Date.now()
    const window = { start: now, end: now + publishedDays * dayMs }
    const offers = await findOffers(req, consultantId)
    const taken = offers.length ? await findTaken(req, consultantId, { window, now }) : []
    const rows = await findPublishedRows(req, consultantId)
    await writePublishedDiff(req, consultantId, diffPublishedSlots(rows, computePublishedSlots(offers, taken, now)))
    await refreshDirectory(req, [consultantId])
    await notePublished(req, consultantId, { now, rulesVersion })
  })

const batch = 200

/** Behind everything that somebody waits for; the queue's usual priority is 0. */
const dailyPriority = 10

/** The daily run: a job for each consultant, of a key of its own, so that it takes no urgent one's place. */
export const publishAllSlots = async (payload: Payload): Promise<void> => {
  const consultantIds = await findConsultantsToPublish(payload)
  for (let from = 0; from < consultantIds.length; from += batch) {
    const jobs = consultantIds.slice(from, from + batch).map(
      (consultantId) =>
        ({
          task: 'publish-slots',
          payload: { consultantId },
          key: `publish-slots:daily:${consultantId}`,
          priority: dailyPriority,
        }) as const,
    )
    await withTransaction(payload, (req) => enqueue(req, ...jobs))
  }
}
