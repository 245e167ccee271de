import type { PayloadRequest } from 'payload'
import { publishSlotsJob } from '#availability/holds/hold-time'
import { enqueue, type Job } from '#outbox/enqueue'
import { storePublicationWishes, wishAllPublications } from './wish-queries'

/** One job walks through all that are wished; a second one finds nothing left. */
export const publishWishedJob: Job = { task: 'publish-wished-slots', payload: {}, key: 'publish-wished-slots' }

/** So many have jobs of their own, which come before those that are wished. */
const fewConsultants = 8

/** Has the free time of these consultants published anew, in the open transaction: few of them soon, many behind everything else. */
export const wishPublications = async (req: PayloadRequest, consultantIds: readonly string[]): Promise<void> => {
  // Sorted, so that two changes at once take the same jobs in the same order.
  const ids = [...new Set(consultantIds)].sort()
  if (ids.length <= fewConsultants) {
    await enqueue(req, ...ids.map(publishSlotsJob))
    return
  }
  await storePublicationWishes(req, ids)
  await enqueue(req, publishWishedJob)
}

/** Has everybody's free time published anew, in the open transaction, behind everything else. */
export const wishEverybodysPublication = async (req: PayloadRequest): Promise<void> => {
  await wishAllPublications(req)
  await enqueue(req, publishWishedJob)
}
