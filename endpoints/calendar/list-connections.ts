import { z } from 'zod'
import { decisionsFor } from '#sessions/differences/settle-difference'
import { listConnectionViews } from '#calendar/connections/calendar-list-queries'
import { type DifferenceRow, listOpenDifferences } from '#calendar/differences/difference-queries'
import { isGoogleConfigured } from '#calendar/google/oauth'
import { slugOrId } from '#shared/input'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { findActingConsultant } from '../support/find-consultant'

const iso = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs).toISOString())

const presentDifference = (difference: DifferenceRow) => ({
  id: difference.id,
  kind: difference.kind,
  status: difference.status,
  reference: difference.reference,
  serviceType: difference.serviceTypeName,
  customer: difference.customerName,
  start: iso(difference.startsAt),
  end: iso(difference.endsAt),
  externalStart: iso(difference.externalStartsAt),
  externalEnd: iso(difference.externalEndsAt),
  decisions: decisionsFor(difference),
})

export const listConnectionsEndpoint = defineEndpoint({
  method: 'get',
  path: '/calendar/connections',
  operationId: 'listCalendarConnections',
  tag: 'Calendar',
  summary: "A consultant's connected calendars, and what is to be decided about them",
  security: 'login',
  query: z.strictObject({ consultant: slugOrId.optional().describe('For staff') }),
  answers: { 200: { description: 'Connections, their calendars, and differences', schema: z.looseObject({}) } },
  refusals: ['invalid_request', 'unauthenticated', 'forbidden', 'not_found', 'rate_limited'],
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
