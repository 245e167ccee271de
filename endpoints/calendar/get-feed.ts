import { createHash } from 'node:crypto'
import { z } from 'zod'
import { joinUrlOf } from '#sessions/present-session'
import { sessionEventStatus } from '#sessions/session-event-status'
import { findFeedConsultant, type FeedSession, listFeedSessions } from '#calendar/feed-queries'
import {
  calendarContentType,
  createSessionCalendar,
  type SessionCalendarEvent,
} from '#calendar/icalendar/session-event'
import { parseMailbox } from '#notifications/channels/email/mailbox'
import { settings } from '#settings'
import { hashToken } from '#shared/ids'
import { defineEndpoint } from '../support/define-endpoint'
import { refuseGuess } from '../support/find-record'
import { dayMs } from '#shared/time'

/** How long a feed goes on telling of what was called off, so that calendars which rarely look take it out. */
const keptMs = 30 * dayMs

const toEvent = (session: FeedSession): SessionCalendarEvent => ({
  sessionId: session.id,
  sequence: session.sequence,
  startsAt: session.startsAt,
  endsAt: session.endsAt,
  // The moment of the version, not of the request: the same sessions are the same bytes, so that ETags hold.
  stamp: session.updatedAt,
  status: sessionEventStatus(session.status),
  summary: `${session.serviceTypeName} – ${session.customerName}`,
  description: session.reference,
  organizer: parseMailbox(settings.resend.from),
  ...(session.hasRoom
    ? {
        joinUrl: joinUrlOf(session, {
          serverUrl: settings.serverUrl,
          secret: settings.payloadSecret,
          actor: { role: 'consultant' },
        }),
      }
    : {}),
})

const knows = (ifNoneMatch: string | null, etag: string): boolean =>
  ifNoneMatch !== null && ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)

const version = 'Names the version, for `If-None-Match`'

export const getFeedEndpoint = defineEndpoint({
  method: 'get',
  path: '/calendar/feeds/:token.ics',
  operationId: 'getCalendarFeed',
  tag: 'Calendar',
  summary: "A consultant's sessions, for calendars that subscribe",
  description:
    'Answers 304 when nothing changed since the `ETag` in `If-None-Match`. Cancelled sessions stay for 30 days.',
  params: z.object({ token: z.string().max(128) }),
  answers: {
    200: { description: 'iCalendar (RFC 5545)', contentType: 'text/calendar', headers: { ETag: version } },
    304: { description: 'Nothing changed', headers: { ETag: version } },
  },
  refusals: ['not_found'],
  limit: 'browse',
  handle: async ({ req, caller, params }) => {
    const consultant = await findFeedConsultant(req, hashToken(params.token))
    if (!consultant) return refuseGuess(caller, 'calendar')
    const sessions = await listFeedSessions(req, { consultantId: consultant.id, since: Date.now() - keptMs })
    const body = createSessionCalendar({
      method: 'PUBLISH',
      events: sessions.map(toEvent),
      feed: { name: `Parley – ${consultant.name}`, refreshMinutes: 15 },
    })
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    const headers = { ETag: etag, 'Cache-Control': 'private, no-cache' }
    if (knows(req.headers.get('if-none-match'), etag)) return { status: 304, headers }
    return { status: 200, body, contentType: calendarContentType('PUBLISH'), headers }
  },
})
