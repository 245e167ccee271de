import { z } from 'zod'
import { findChannel } from '#calendar/busy/channel-queries'
import { syncCalendarJob } from '#calendar/busy/sync-calendar-job'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { DomainError } from '#shared/errors'
import { hashToken, isSameSecret, isUuid } from '#shared/ids'
import { json } from '../support/answer'
import { defineEndpoint } from '../support/define-endpoint'

export const googleNotifications = defineEndpoint({
  method: 'post',
  path: '/calendar/google/notifications',
  operationId: 'googleCalendarNotifications',
  tag: 'Machines',
  summary: 'Google tells that a calendar changed',
  description:
    'Only the occasion to read what changed: messages get lost, doubled and reordered, and any number of them is one reading.',
  answers: { 200: { description: 'Taken', schema: z.object({ received: z.literal(true) }) } },
  refusals: ['not_found'],
  handle: async ({ req }) => {
    const id = req.headers.get('x-goog-channel-id') ?? ''
    const token = req.headers.get('x-goog-channel-token') ?? ''
    const channel = isUuid(id) ? await findChannel(req, id) : undefined
    if (!channel || !isSameSecret(hashToken(token), channel.tokenHash)) {
      throw new DomainError('not_found', 'There is no such channel.')
    }
    const { calendarId } = channel
    // The first message only says that the channel is open.
    if (calendarId !== null && req.headers.get('x-goog-resource-state') !== 'sync') {
      await withTransaction(req, (tx) => enqueue(tx, syncCalendarJob(calendarId)))
    }
    return json({ received: true })
  },
})
