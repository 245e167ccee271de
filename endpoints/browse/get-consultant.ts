import { z } from 'zod'
import { findConsultantDetails } from '#directory/consultant-queries'
import { bookingSettings } from '#availability/booking-settings'
import { readFromReplica } from '#database/replica'
import { settings } from '#settings'
import { DomainError } from '#shared/errors'
import { slugOrId } from '#shared/input'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { catalogueSharing } from '../support/share-answer'
import { addedOfServiceTypes, presentConsultant, shownAttributes } from './present-browse'
import { consultantAnswer } from './schemas'

export const getConsultantEndpoint = defineEndpoint({
  method: 'get',
  path: '/booking/consultants/:slug',
  operationId: 'getConsultant',
  tag: 'Browse',
  summary: 'A consultant with what they offer and their latest reviews',
  params: z.object({ slug: slugOrId }),
  query: z.strictObject({}),
  answers: { 200: { description: 'The public profile', schema: consultantAnswer } },
  refusals: ['not_found'],
  limit: 'browse',
  sharing: catalogueSharing,
  handle: ({ req: given, params }) =>
    // Whom the replica does not know yet the primary is asked for.
    readFromReplica(given, async (req) => {
      const row = await findConsultantDetails(req, params.slug)
      if (!row) throw new DomainError('not_found', 'There is no such consultant.')
      const added = await addedOfServiceTypes(req, row.serviceTypes)
      const attributes = await shownAttributes(req)
      const booking = await bookingSettings(req)
      return json(presentConsultant(row, { settings: booking, attributes, added, serverUrl: settings.serverUrl }))
    }),
})
