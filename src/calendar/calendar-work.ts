import type { Work } from '#outbox/task'
import { syncCalendar } from './busy/sync-calendar'
import { watchCalendar } from './busy/watch-calendar'
import { endCalendarAccess } from './connections/end-calendar-access'
import { readCalendarList } from './connections/read-calendar-list'
import { sweepCalendars } from './connections/sweep-calendars'
import { deletePastAppointments, deletePastEntries } from './connections/sweep-queries'
import { flagCalendarConflicts } from './differences/flag-calendar-conflicts'
import { checkCalendarEvent } from './entries/check-calendar-event'
import { deliverCalendarEvent } from './entries/deliver-calendar-event'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    /** Reads which calendars a connected account has. */
    'read-calendar-list': { connectionId: string }
    /** Reads what keeps the owner of a calendar from being booked; `isFull`: from the beginning. */
    'sync-calendar': { calendarId: string; isFull?: boolean }
    /** The same for a calendar that is read as a whole. */
    'sync-calendar-file': { calendarId: string }
    /** Keeps a channel open on which changes of a calendar are reported. */
    'watch-calendar': { calendarId: string }
    /** Makes a calendar agree with one session. */
    'deliver-calendar-event': { calendarEventId: string }
    /** Looks whether a person changed the entry of a session. */
    'check-calendar-event': { calendarEventId: string }
    'flag-calendar-conflicts': { consultantId: string }
    /** Stops the channels of an account that was disconnected and gives back what was allowed. */
    'end-calendar-access': { connectionId: string }
    'sweep-calendars': Record<string, never>
  }
}

export const calendarWork = {
  tasks: {
    'read-calendar-list': (payload, { connectionId }) => readCalendarList(payload, connectionId),
    'sync-calendar': syncCalendar,
    'sync-calendar-file': syncCalendar,
    'watch-calendar': (payload, { calendarId }) => watchCalendar(payload, calendarId),
    'deliver-calendar-event': (payload, { calendarEventId }) => deliverCalendarEvent(payload, calendarEventId),
    'check-calendar-event': (payload, { calendarEventId }) => checkCalendarEvent(payload, calendarEventId),
    'flag-calendar-conflicts': (payload, { consultantId }) => flagCalendarConflicts(payload, consultantId),
    'end-calendar-access': (payload, { connectionId }) => endCalendarAccess(payload, connectionId),
    'sweep-calendars': (payload) => sweepCalendars(payload),
  },
  schedule: { 'sweep-calendars': '* * * * *' },
  tidy: [deletePastAppointments, deletePastEntries],
} satisfies Work
