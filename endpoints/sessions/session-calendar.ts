import { calendarContentType, createSessionCalendar } from '#calendar/icalendar/session-event'
import { sessionEventStatus } from '#sessions/session-event-status'
import { joinUrlOf } from '#sessions/present-session'
import type { SessionRow } from '#sessions/session-queries'
import { liveSessions } from '#sessions/session-states'
import { parseMailbox } from '#notifications/channels/email/mailbox'
import { settings } from '#settings'
import type { Actor } from '#shared/actor'
import { isOneOf } from '#shared/state-table'
import { defineEndpoint } from '../support/define-endpoint'
import { findSessionFor } from '../support/find-record'
import { referenceParams, tokenQuery } from '../support/schemas'

/** Whom the session is with, from where the reader stands. */
const otherSide = ({ consultantName, customerName }: SessionRow, { role }: Actor): string => {
  if (role === 'customer') return consultantName
  return role === 'consultant' ? customerName : `${consultantName}, ${customerName}`
}

export const sessionCalendarEndpoint = defineEndpoint({
  method: 'get',
  path: '/booking/sessions/:reference/calendar.ics',
  operationId: 'getSessionCalendar',
  tag: 'Book',
  summary: 'A session as a calendar file',
  description: 'A copy to keep; a later one of the same session replaces it in calendars. No answer is asked for.',
  security: 'token or login',
  params: referenceParams,
  query: tokenQuery,
  answers: {
    200: {
      description: 'iCalendar (RFC 5545)',
      contentType: 'text/calendar',
      headers: { 'Content-Disposition': 'What it is saved as' },
    },
  },
  refusals: ['not_found'],
  limit: 'browse',
  handle: async ({ req, caller, params }) => {
    const { session, actor } = await findSessionFor(req, caller, params.reference)
    const body = createSessionCalendar({
      method: 'PUBLISH',
      events: [
        {
          sessionId: session.id,
          sequence: session.sequence,
          startsAt: session.startsAt,
          endsAt: session.endsAt,
          stamp: Date.now(),
          status: sessionEventStatus(session.status),
          summary: `${session.serviceTypeName} – ${otherSide(session, actor)}`,
          description: session.reference,
          organizer: parseMailbox(settings.resend.from),
          ...(session.meetingJoinUrl !== null && isOneOf(liveSessions, session.status)
            ? { joinUrl: joinUrlOf(session, { serverUrl: settings.serverUrl, secret: settings.payloadSecret, actor }) }
            : {}),
        },
      ],
    })
    return {
      status: 200,
      body,
      contentType: calendarContentType('PUBLISH'),
      headers: { 'Content-Disposition': `attachment; filename="${session.reference}.ics"` },
    }
  },
})
