import type { GlobalAfterChangeHook } from 'payload'
import { forgetBookingSettings } from '#availability/booking-settings'
import { afterCommit } from '#database/transactions'
import { isChangeOfTimes } from '#directory/published-slots/is-change-of-times'
import { wishEverybodysPublication } from '#directory/published-slots/wish-publications'

/** After the commit, or the next booking might remember the old ones again. What touches times is published anew. */
export const useNewBookingSettings: GlobalAfterChangeHook = async ({ data, doc, previousDoc, req }) => {
  if (isChangeOfTimes('booking-settings', previousDoc, data)) await wishEverybodysPublication(req)
  await afterCommit(req, forgetBookingSettings)
  return doc
}
