import type { GlobalAfterChangeHook } from 'payload'
import { forgetBookingSettings } from '#availability/booking-settings'
import { afterCommit } from '#database/transactions'

/** After the commit, or the next booking might remember the old ones again. */
export const useNewBookingSettings: GlobalAfterChangeHook = async ({ doc, req }) => {
  await afterCommit(req, forgetBookingSettings)
  return doc
}
