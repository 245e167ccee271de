import { z } from 'zod'
import { listServiceTypes } from '#directory/consultant-queries'
import { bookingSettings } from '#availability/booking-settings'
import { readFromReplica } from '#database/replica'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { catalogueSharing } from '../support/share-answer'
import { addedOfServiceTypes, presentServiceType, shownAttributes } from './present-browse'
import { serviceTypeAnswer } from './schemas'

export const listServiceTypesEndpoint = defineEndpoint({
  method: 'get',
  path: '/booking/service-types',
  operationId: 'listServiceTypes',
  tag: 'Browse',
  summary: 'What can be booked',
  description: 'Prices are given where they do not depend on the consultant.',
  query: z.strictObject({}),
  answers: {
    200: { description: 'All that are sold at the moment', schema: z.object({ docs: z.array(serviceTypeAnswer) }) },
  },
  refusals: [],
  limit: 'browse',
  sharing: catalogueSharing,
  handle: async ({ req }) => {
    const settings = await bookingSettings(req)
    const { rows, added } = await readFromReplica(req, async (reading) => {
      const found = await listServiceTypes(reading)
      return { rows: found, added: await addedOfServiceTypes(reading, found) }
    })
    const attributes = await shownAttributes(req)
    return json({ docs: rows.flatMap((row) => presentServiceType(row, { settings, attributes, added }) ?? []) })
  },
})
