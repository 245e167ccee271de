import { z } from 'zod'
import { storeFeedToken } from '#calendar/feed-queries'
import { settings } from '#settings'
import { slugOrId } from '#shared/input'
import { createToken, hashToken } from '#shared/ids'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { findActingConsultant } from '../support/find-consultant'

export const rotateFeed = defineCommand({
  method: 'post',
  path: '/calendar/feed/rotate',
  operationId: 'rotateCalendarFeed',
  tag: 'Calendar',
  summary: "A new address for a consultant's calendar feed",
  description: 'Shown once; the address before it stops working. Consultants get their own, staff name one.',
  security: 'login',
  body: z.strictObject({ consultant: slugOrId.optional().describe('For staff') }),
  answers: { 200: { description: 'The address to subscribe to', schema: z.object({ url: z.url() }) } },
  refusals: ['unauthenticated', 'forbidden', 'not_found'],
  limit: 'change',
  handle: async ({ req, body }) => {
    const consultantId = await findActingConsultant(req, body.consultant)
    const token = createToken()
    await storeFeedToken(req, consultantId, hashToken(token))
    return { answer: json({ url: `${settings.serverUrl}/api/calendar/feeds/${token}.ics` }) }
  },
})
