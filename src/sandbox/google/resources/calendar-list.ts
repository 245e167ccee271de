import type { calendar_v3 } from '@googleapis/calendar'
import { z } from 'zod'
import { boolean, integer, text } from '../api/params'
import { route } from '../api/route'
import { findCalendar, isAtLeast, type OpenCalendar, roleOf } from '../calendars/find-calendar'
import { quotedHash } from '../quoted-hash'
import { invalid, notFound } from '../refusal'
import type { World } from '../world'

const present = ({ calendar, role }: OpenCalendar, email: string): calendar_v3.Schema$CalendarListEntry => {
  const isPrimary = calendar.isPrimary && calendar.owner === email
  return {
    kind: 'calendar#calendarListEntry',
    etag: quotedHash([calendar.id, calendar.summary, calendar.timeZone, role, calendar.isHidden]),
    id: calendar.id,
    summary: calendar.summary,
    timeZone: calendar.timeZone,
    colorId: isPrimary ? '14' : '17',
    backgroundColor: isPrimary ? '#9fe1e7' : '#9a9cff',
    foregroundColor: '#000000',
    selected: !calendar.isHidden,
    accessRole: role,
    defaultReminders: isPrimary ? [{ method: 'popup', minutes: 30 }] : [],
    conferenceProperties: { allowedConferenceSolutionTypes: ['hangoutsMeet'] },
    ...(calendar.isHidden ? { hidden: true } : {}),
    ...(isPrimary ? { primary: true } : {}),
    ...(calendar.isPrimary ? {} : { dataOwner: calendar.owner }),
  }
}

const calendarsOf = (world: World, email: string): OpenCalendar[] =>
  [...world.tables.calendars.values()].flatMap((calendar) => {
    const role = roleOf(calendar, email)
    return role ? [{ calendar, role }] : []
  })

const scopes = ['calendar', 'calendar.readonly', 'calendar.calendarlist', 'calendar.calendarlist.readonly'] as const

/** The calendars that somebody has in their list. There are no sync tokens for it: it is read whole. */
export const calendarListRoutes = [
  route({
    operation: 'calendarList.list',
    method: 'GET',
    path: '/users/me/calendarList',
    scopes,
    query: z.strictObject({
      maxResults: integer(1, 250).optional(),
      minAccessRole: z.enum(['freeBusyReader', 'reader', 'writer', 'owner']).optional(),
      pageToken: text.optional(),
      showDeleted: boolean.optional(),
      showHidden: boolean.optional(),
    }),
    handle: (world, { caller, query }) => {
      const wanted = query.minAccessRole ?? 'freeBusyReader'
      const all = calendarsOf(world, caller.email).filter(
        ({ calendar, role }) => isAtLeast(role, wanted) && (query.showHidden || !calendar.isHidden),
      )
      const start = query.pageToken === undefined ? 0 : all.findIndex(({ calendar }) => calendar.id === query.pageToken)
      if (start < 0) throw invalid('Invalid page token value.', { location: 'pageToken', locationType: 'parameter' })
      const end = start + Math.min(query.maxResults ?? 100, world.knobs.pageLimit)
      const next = all[end]
      const items = all.slice(start, end).map((one) => present(one, caller.email))
      const resource: calendar_v3.Schema$CalendarList = {
        kind: 'calendar#calendarList',
        etag: quotedHash(items),
        ...(next ? { nextPageToken: next.calendar.id } : {}),
        items,
      }
      return { resource, etag: resource.etag }
    },
  }),
  route({
    operation: 'calendarList.get',
    method: 'GET',
    path: '/users/me/calendarList/:calendarId',
    scopes: [...scopes, 'calendar.app.created'],
    handle: (world, { caller, segments: [id = ''] }) => {
      const found = findCalendar(world, caller.email, id)
      if (!found) throw notFound()
      const resource = present(found, caller.email)
      return { resource, etag: resource.etag }
    },
  }),
]
