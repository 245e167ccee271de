import { settings } from '#settings'
import { isTimeZone } from '#shared/input'
import { dayMs } from '#shared/time'
import type { CalendarProvider, ListedCalendar } from '../calendar-provider'
import type { ExternalEvent } from '../entries/external-event'
import {
  deleteEvent,
  getEvent,
  type GoogleCalendar,
  type GoogleEvent,
  insertEvent,
  listCalendars,
  listEventsPage,
  queryFreeBusy,
  stopChannel,
  updateEvent,
  watchEvents,
} from './calendar-api'
import { computeChangedEvent, computeExternalEvent, computeNewEvent } from './compute-external-event'
import { GoogleError } from './google-error'
import { refreshTokens, revokeToken } from './oauth'

const toListed = (calendar: GoogleCalendar): ListedCalendar[] => {
  const { id, accessRole, primary, deleted, timeZone } = calendar
  if (!id || deleted) return []
  return [
    {
      calendarId: id,
      name: (calendar.summaryOverride ?? calendar.summary ?? id).slice(0, 500),
      timeZone: timeZone && isTimeZone(timeZone) ? timeZone : 'UTC',
      isPrimary: primary ?? false,
      isWritable: accessRole === 'owner',
    },
  ]
}

const hasId = (event: GoogleEvent): event is GoogleEvent & { id: string } => Boolean(event.id)

const toEvent = (operation: string, event: GoogleEvent): ExternalEvent => {
  if (!hasId(event)) throw new GoogleError(operation, { outcome: 'unknown', reason: 'malformed' })
  return computeExternalEvent(event)
}

const versionOf = ({ version }: ExternalEvent): string => {
  if (version === null) throw new GoogleError('events.get', { outcome: 'unknown', reason: 'malformed' })
  return version
}

/** Google Calendar. Of its SDK nothing is known beyond this folder. */
export const googleCalendar: CalendarProvider = {
  name: 'google',
  label: 'Google Calendar',
  access: { is: 'tokens', refresh: refreshTokens, revoke: revokeToken },
  isAskedLive: true,
  listCalendars: async (caller) => (await listCalendars(caller)).flatMap(toListed),
  entries: {
    room: 'google_meet',
    create: async (caller, calendarId, draft) =>
      toEvent('events.insert', await insertEvent(caller, calendarId, computeNewEvent(draft))),
    get: async (caller, calendarId, id) => {
      const event = await getEvent(caller, calendarId, id)
      return event && toEvent('events.get', event)
    },
    change: async (caller, calendarId, present, change) => {
      // What this gateway has read itself.
      const body = { ...computeChangedEvent(present.source as GoogleEvent, change), id: present.id }
      return toEvent('events.update', await updateEvent(caller, calendarId, body, versionOf(present)))
    },
    remove: (caller, calendarId, present) => deleteEvent(caller, calendarId, present.id, versionOf(present)),
  },
  events: {
    readPage: async (caller, calendarId, cursor, most) => {
      const page = await listEventsPage(caller, calendarId, cursor, most)
      return {
        events: (page.items ?? []).filter(hasId).map(computeExternalEvent),
        timeZone: page.timeZone ?? null,
        nextPage: page.nextPageToken ?? null,
        nextToken: page.nextSyncToken ?? null,
      }
    },
  },
  freeBusy: { mostCalendars: 50, mostDays: 90, read: queryFreeBusy },
  whole: null,
  channels: {
    lifetimeMs: 7 * dayMs,
    path: '/api/calendar/google/notifications',
    // Messages come over https alone.
    canArrive: () => settings.serverUrl.startsWith('https://') || settings.google.apiBase !== undefined,
    open: watchEvents,
    close: stopChannel,
  },
}
