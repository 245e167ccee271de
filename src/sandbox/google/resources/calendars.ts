import type { calendar_v3 } from '@googleapis/calendar'
import { route } from '../api/route'
import { openCalendar } from '../calendars/find-calendar'
import { quotedHash } from '../quoted-hash'

/** Calendars themselves, as everybody has them. */
export const calendarRoutes = [
  route({
    operation: 'calendars.get',
    method: 'GET',
    path: '/calendars/:calendarId',
    scopes: [
      'calendar',
      'calendar.readonly',
      'calendar.calendars',
      'calendar.calendars.readonly',
      'calendar.app.created',
    ],
    handle: (world, { caller, segments: [id = ''] }) => {
      const { calendar } = openCalendar(world, caller, id, 'freeBusyReader')
      const { summary, timeZone } = calendar
      const resource: calendar_v3.Schema$Calendar = {
        kind: 'calendar#calendar',
        etag: quotedHash([calendar.id, summary, timeZone]),
        id: calendar.id,
        summary,
        timeZone,
        conferenceProperties: { allowedConferenceSolutionTypes: ['hangoutsMeet'] },
        ...(calendar.isPrimary ? {} : { dataOwner: calendar.owner }),
      }
      return { resource, etag: resource.etag }
    },
  }),
]
