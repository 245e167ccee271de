import { z } from 'zod'
import { decideDifferenceAnswers } from '#sessions/differences/decide-difference-answers'
import { listConnectionViews } from '#calendar/connections/calendar-list-queries'
import { type DifferenceRow, listOpenDifferences } from '#calendar/differences/difference-queries'
import { isGoogleConfigured } from '#calendar/google/oauth'
import { slugOrId } from '#shared/input'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { findActingConsultant } from '../support/find-consultant'
import { connectionsAnswer } from './schemas'
import { isoOrNull } from '#shared/time'

const presentDifference = (difference: DifferenceRow) => ({
  id: difference.id,
  kind: difference.kind,
  status: difference.status,
  reference: difference.reference,
  serviceType: difference.serviceTypeName,
  customer: difference.customerName,
  start: isoOrNull(difference.startsAt),
  end: isoOrNull(difference.endsAt),
  externalStart: isoOrNull(difference.externalStartsAt),
  externalEnd: isoOrNull(difference.externalEndsAt),
  decisions: decideDifferenceAnswers(difference, Date.now()),
})

export const listConnectionsEndpoint = defineEndpoint({
  method: 'get',
  path: '/calendar/connections',
  operationId: 'listCalendarConnections',
  tag: 'Calendar',
  summary: "A consultant's connected calendars, and what is to be decided about them",
  security: 'login',
  query: z.strictObject({ consultant: slugOrId.optional().describe('For staff') }),
  answers: { 200: { description: 'Connections, their calendars, and differences', schema: connectionsAnswer } },
  refusals: ['unauthenticated', 'forbidden', 'not_found'],
  limit: 'browse',
  handle: async ({ req, query }) => {
    const consultantId = await findActingConsultant(req, query.consultant)
    const [connections, differences] = await Promise.all([
      listConnectionViews(req.payload, consultantId),
      listOpenDifferences(req, consultantId),
    ])
    return json({
      canConnectGoogle: isGoogleConfigured(),
      connections,
      differences: differences.map(presentDifference),
    })
  },
})
