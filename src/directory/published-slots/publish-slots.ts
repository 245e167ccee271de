import type { Payload, PayloadRequest } from 'payload'
import { publishSlotsJob } from '#availability/holds/hold-time'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { computeFreeDays } from './compute-free-days'
import { computePublishedTime, publishedReachMs } from './compute-published-slots'
import { diffPublishedSlots } from './diff-published-slots'
import { refreshDirectory } from '../directory-queries'
import { findOffers } from '#availability/offers/offer-queries'
import { findTaken } from '#availability/offers/taken-queries'
import { findPublishedRows, lockPublication, notePublished, writePublishedDiff } from './published-slot-queries'
import { publishWishedJob, wishEverybodysPublication } from './wish-publications'
import { hasPublicationWishes, takePublicationWish, wishDuePublications } from './wish-queries'
import { dayMs, minuteMs } from '#shared/time'
import { settings } from '#settings'
import type { Offer } from '#availability/offers/offer'
import { writeFreeDays } from './free-day-queries'
import { publishedDays } from './search-window'

/**
 * Brings the published free time of a consultant up to date: what the same function as for booking offers now, for the next 60
 * days, as days that the search reads and as records. Nothing remains of one who cannot be booked. Running it twice, also at once, is harmless; it runs again after every
 * change, because whoever changes something puts it into the outbox with the change.
 */
export const publishSlots = async (payload: Payload, consultantId: string): Promise<void> =>
  withTransaction(payload, (req) => publishIn(req, consultantId))

const publishIn = async (req: PayloadRequest, consultantId: string): Promise<void> => {
  const rulesVersion = await lockPublication(req, consultantId)
  const now = Date.now()
  const window = { start: now, end: now + publishedReachMs }
  const offers = await findOffers(req, consultantId)
  const taken = offers.length ? await findTaken(req, consultantId, { window, now }) : []
  const published = computePublishedTime(offers, { taken, now, recordDays: settings.publishedRecordDays })
  const rows = await findPublishedRows(req, consultantId)
  await writePublishedDiff(req, consultantId, diffPublishedSlots(rows, published.slots))
  await writeFreeDays(req, consultantId, computeFreeDays(published.free))
  await refreshDirectory(req, [consultantId])
  const starts = published.free.map(({ start }) => start).sort((one, other) => one - other)
  await notePublished(req, consultantId, {
    now,
    rulesVersion,
    first: starts[0],
    last: starts.at(-1),
    againAt: offers.length ? publishAgainAt(offers, { now, nextAt: published.nextAt }) : undefined,
  })
}

/**
 * When time alone has changed what can be booked: as soon as the next slot can, but not more often than a two-hundredth of how far ahead the
 * consultant is booked. Of a day that is every seven minutes, of sixty days every seven hours; once a day in any case.
 */
const publishAgainAt = (offers: readonly Offer[], { now, nextAt }: { now: number; nextAt: number | null }): number => {
  const horizonMs = Math.min(publishedDays, ...offers.map(({ maxAdvanceBookingDays }) => maxAdvanceBookingDays)) * dayMs
  return Math.min(now + dayMs, Math.max(nextAt ?? Infinity, now + Math.max(horizonMs / 200, 5 * minuteMs)))
}

/** Then it makes room for publications that somebody looks at, and goes on behind them. */
const longestRunMs = 2_000

/**
 * Publishes what is wished, one consultant a transaction: the wish goes with what was published, so whoever is killed between loses nothing.
 * One that cannot be published gets a job of its own, where it is tried again and seen, and holds up none of the others. What is left after a
 * while is left to the next job.
 */
export const publishWishedSlots = async (payload: Payload): Promise<void> => {
  const end = Date.now() + longestRunMs
  while (Date.now() < end) if (!(await publishNextWish(payload))) break
  if (await hasPublicationWishes(payload)) await withTransaction(payload, (req) => enqueue(req, publishWishedJob))
}

/** → whether there was one. */
const publishNextWish = async (payload: Payload): Promise<boolean> => {
  let consultantId: string | undefined
  try {
    await withTransaction(payload, async (req) => {
      consultantId = await takePublicationWish(req)
      if (consultantId !== undefined) await publishIn(req, consultantId)
    })
  } catch (error) {
    const id = consultantId
    if (id === undefined) throw error
    payload.logger.warn({ err: error, consultantId: id, msg: 'A wished publication failed; it gets a job of its own' })
    await withTransaction(payload, async (req) => {
      if (await takePublicationWish(req, id)) await enqueue(req, publishSlotsJob(id))
    })
  }
  return consultantId !== undefined
}

/** Has those published anew for whom it is time; the worker looks each minute. */
export const publishDueSlots = async (payload: Payload): Promise<void> =>
  withTransaction(payload, async (req) => {
    if (await wishDuePublications(req)) await enqueue(req, publishWishedJob)
  })

/** The daily run. */
export const publishAllSlots = async (payload: Payload): Promise<void> =>
  withTransaction(payload, wishEverybodysPublication)
