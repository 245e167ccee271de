import type { Payload } from 'payload'
import type { KeptDays } from '#shared/retention'

/** For how many days staff have things kept. */
export const readKeptDays = async (payload: Payload): Promise<KeptDays> => {
  const { retention } = await payload.findGlobal({ slug: 'booking-settings', depth: 0 })
  return retention
}
