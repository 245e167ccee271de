import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { storeCalendarChoice } from '#calendar/connections/calendar-list-queries'
import { connectFeed } from '#calendar/file/connect-feed'
import { calendarProviders } from '#calendar/calendar-providers'
import { type ConnectionRow, lockConnection, storeDisconnect } from '#calendar/connections/connection-queries'
import { wantAllCalendarEvents } from '#calendar/entries/event-queries'
import { readCalendarListJob } from '#calendar/connections/read-calendar-list'
import { enqueue } from '#outbox/enqueue'
import { DomainError } from '#shared/errors'
import { slugOrId } from '#shared/input'
import { json } from '../support/answer'
import { defineCommand } from '../support/define-endpoint'
import { findActingConsultant } from '../support/find-consultant'

const params = z.object({ id: z.uuid() })
const done = z.object({ id: z.uuid() })
const consultant = slugOrId.optional().describe('For staff')
const refusals = ['unauthenticated', 'forbidden', 'not_found'] as const

const publishJob = (consultantId: string) =>
  ({ task: 'publish-slots', payload: { consultantId }, key: `publish-slots:${consultantId}` }) as const

/** @throws DomainError `not_found` when it is not the consultant's, or was disconnected. */
const lockOwn = async (req: PayloadRequest, id: string, named: string | undefined): Promise<ConnectionRow> => {
  const consultantId = await findActingConsultant(req, named)
  const connection = await lockConnection(req, id)
  if (connection?.consultantId !== consultantId || connection.status === 'disconnected') {
    throw new DomainError('not_found', 'There is no such connection.')
  }
  return connection
}

export const chooseCalendarsEndpoint = defineCommand({
  method: 'post',
  path: '/calendar/connections/:id/calendars',
  operationId: 'chooseCalendars',
  tag: 'Calendar',
  summary: 'Which calendars block time, and to which one sessions are written',
  security: 'login',
  params,
  body: z.strictObject({
    busy: z.array(z.uuid()).max(250),
    target: z.uuid().nullable().describe('null: sessions are written to no calendar of this account'),
    consultant,
  }),
  answers: { 200: { description: 'Chosen; what is new is read next', schema: done } },
  refusals,
  limit: 'change',
  handle: async ({ req, params: { id }, body }) => {
    const connection = await lockOwn(req, id, body.consultant)
    // Who is written to has to be looked at: our own entries are told from others there, and what people do to them is seen.
    const busy = body.target === null ? body.busy : [...new Set([...body.busy, body.target])]
    await storeCalendarChoice(req, connection, { busy, target: body.target })
    await wantAllCalendarEvents(req, connection.consultantId)
    await enqueue(req, readCalendarListJob(id), publishJob(connection.consultantId))
    return { answer: json({ id }) }
  },
})

export const disconnectCalendarEndpoint = defineCommand({
  method: 'post',
  path: '/calendar/connections/:id/disconnect',
  operationId: 'disconnectCalendar',
  tag: 'Calendar',
  summary: 'Disconnect an account',
  description:
    'Forgets its busy times and tokens, and gives back what was allowed. What stands in the calendar stays there.',
  security: 'login',
  params,
  body: z.strictObject({ consultant }),
  answers: { 200: { description: 'Disconnected', schema: done } },
  refusals,
  limit: 'change',
  handle: async ({ req, params: { id }, body }) => {
    const connection = await lockOwn(req, id, body.consultant)
    await storeDisconnect(req, id)
    await enqueue(
      req,
      ...(calendarProviders.row(connection.provider).access.is === 'tokens'
        ? [{ task: 'end-calendar-access' as const, payload: { connectionId: id }, key: `end-calendar-access:${id}` }]
        : []),
      publishJob(connection.consultantId),
    )
    return { answer: json({ id }) }
  },
})

export const connectCalendarFeedEndpoint = defineCommand({
  method: 'post',
  path: '/calendar/connections',
  operationId: 'connectCalendarFeed',
  tag: 'Calendar',
  summary: 'Let a calendar file (ICS) at an address block time',
  description: 'For Outlook, Apple and others that publish one. The address is kept encrypted and shown to nobody.',
  security: 'login',
  body: z.strictObject({
    feedUrl: z.string().max(2_000),
    name: z.string().trim().min(1).max(100).optional(),
    consultant,
  }),
  answers: { 201: { description: 'Connected; it is read next', schema: done } },
  refusals,
  limit: 'change',
  handle: async ({ req, body }) => {
    const consultantId = await findActingConsultant(req, body.consultant)
    const id = await connectFeed(req, { consultantId, address: body.feedUrl, name: body.name })
    return { answer: json({ id }, { status: 201 }) }
  },
})
