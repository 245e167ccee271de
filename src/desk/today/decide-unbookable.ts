/** What booking needs of a profile, as it stands. */
export type BookableFacts = {
  isPublished: boolean
  isPublic: boolean
  /** They take bookings at all. */
  isAvailable: boolean
  /** An active service type names them. */
  hasService: boolean
  /** Something of it is free in the days that are published. */
  hasFreeTime: boolean
}

export type UnbookableReason = 'draft' | 'hidden' | 'switched_off' | 'no_service' | 'no_free_time'

/**
 * Why nothing can be booked with somebody: everything that has to be changed, in the order in which one would. Whether there is free time is
 * known only once the rest is right, as nothing is published before.
 */
export const decideUnbookable = (facts: BookableFacts): UnbookableReason[] => {
  const { isPublished, isPublic, isAvailable, hasService, hasFreeTime } = facts
  const reasons: UnbookableReason[] = []
  if (!isPublished) reasons.push('draft')
  else if (!isPublic) reasons.push('hidden')
  if (!isAvailable) reasons.push('switched_off')
  if (!hasService) reasons.push('no_service')
  if (!reasons.length && !hasFreeTime) reasons.push('no_free_time')
  return reasons
}
