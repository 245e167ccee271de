import { relatedId } from '#access/related-id'

/** A record of a person (a customer, a consultant's profile), as far as it says whose login sees and uses what is in it. */
export type OwnedRecord = { user?: unknown }

/** Whether a write gives a record that is there to a login that it did not belong to. To take it from everybody lets nobody in. */
export const isGivenAway = (before: OwnedRecord, after: OwnedRecord): boolean => {
  const next = relatedId(after.user)
  return next !== undefined && next !== relatedId(before.user)
}
