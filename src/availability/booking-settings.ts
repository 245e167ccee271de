import type { PayloadRequest } from 'payload'
import type { BookingSetting } from '#payload-types'
import { decidingRequest } from '#database/transactions'

const keepMs = 5_000
let known: { at: number; value: Promise<BookingSetting> } | undefined

/** Called when operations save them, so that this process uses the new ones at once; others follow within five seconds. */
export const forgetBookingSettings = (): void => {
  known = undefined
}

const read = async (req: PayloadRequest) =>
  req.payload.findGlobal({ slug: 'booking-settings', depth: 0, req: await decidingRequest(req) })

/** The settings that operations keep in the admin. Read at most every five seconds: every booking needs them. */
export const bookingSettings = async (req: PayloadRequest): Promise<BookingSetting> => {
  const now = Date.now()
  if (!known || now - known.at > keepMs) {
    const value = read(req)
    known = { at: now, value }
    value.catch(forgetBookingSettings)
  }
  try {
    return await known.value
  } catch {
    // The promise belongs to whoever asked first; their transaction may have failed, ours has not.
    return read(req)
  }
}
