import { z } from 'zod'
import { decisionsFor } from '#sessions/differences/settle-drift'
import { listConnectionViews } from '#calendar/connections/calendar-list-queries'
import { type DriftRow, listOpenDrifts } from '#calendar/differences/drift-queries'
import { isGoogleConfigured } from '#calendar/google/oauth'
import { slugOrId } from '#shared/input'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'
import { findActingConsultant } from '../support/find-consultant'
import { connectionsAnswer } from './schemas'
import { isoOrNull } from '#shared/time'

const presentDrift = (drift: DriftRow) => ({
  id: drift.id,
  kind: drift.kind,
  status: drift.status,
  reference: drift.reference,
  serviceType: drift.serviceTypeName,
  customer: drift.customerName,
  start: isoOrNull(drift.startsAt),
  end: isoOrNull(drift.endsAt),
  externalStart: isoOrNull(drift.externalStartsAt),
  externalEnd: isoOrNull(drift.externalEndsAt),
  decisions: decisionsFor(drift),
})

export const listConnections = defineEndpoint({
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
      listOpenDrifts(req, consultantId),
    ])
    return json({
      canConnectGoogle: isGoogleConfigured(),
      connections,
      differences: differences.map(presentDrift),
    })
  },
})
