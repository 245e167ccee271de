import type { CollectionBeforeChangeHook } from 'payload'
import type { AvailabilitySlot } from '#payload-types'
import { prepareNewSlot, prepareSlotChange } from '#availability/blocks/prepare-slot-change'

/** The gate for slots that are written by hand. Bookings and the publishing of free time write past it, under the same locks. */
export const guardSlot: CollectionBeforeChangeHook<AvailabilitySlot> = ({ data, operation, originalDoc, req }) =>
  operation === 'create' || !originalDoc ? prepareNewSlot(req, data) : prepareSlotChange(req, data, originalDoc)
