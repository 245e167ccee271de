import { calendarContentType, type CalendarPerson, createSessionCalendar } from '#calendar/icalendar/session-event'
import type { SessionSnapshot } from '../message-parts'

/** A file that goes with a mail; `content` is text. */
export type MailAttachment = { filename: string; content: string; contentType: string }

/** The session's calendar entry as a file for one recipient. */
export const createInvitation = ({
  method,
  session,
  summary,
  description,
  joinUrl,
  organizer,
  attendee,
  stamp,
}: {
  method: 'REQUEST' | 'CANCEL'
  session: SessionSnapshot
  summary: string
  description: string
  joinUrl: string | undefined
  organizer: CalendarPerson
  attendee: CalendarPerson
  /** Epoch milliseconds at which the message came to be. */
  stamp: number
}): MailAttachment => ({
  filename: method === 'CANCEL' ? 'cancellation.ics' : 'invitation.ics',
  contentType: calendarContentType(method),
  content: createSessionCalendar({
    method,
    events: [
      {
        sessionId: session.id,
        sequence: session.sequence,
        startsAt: session.startsAt,
        endsAt: session.endsAt,
        stamp,
        status: method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED',
        summary,
        description,
        ...(joinUrl ? { joinUrl } : {}),
        organizer,
        attendee,
      },
    ],
  }),
})
