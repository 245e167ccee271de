import { z } from 'zod'
import { boolean, instant, integer, text, timeZone } from '../api/params'
import { type Answer, type Conditions, route } from '../api/route'
import { type OpenCalendar, openCalendar } from '../calendars/find-calendar'
import type { WriteOptions } from '../events/build-event'
import { eventInput } from '../events/event-schema'
import { mustFindEvent } from '../events/find-event'
import { listEvents } from '../events/list-events'
import { listInstances } from '../events/list-instances'
import { listQuery, repeatedInListQuery } from '../events/list-query'
import { etagOf, presentEvent } from '../events/present-event'
import { deleteEvent, insertEvent, patchEvent, replaceEvent } from '../events/write-event'
import type { StoredEvent } from '../records'
import { Refusal } from '../refusal'
import { channelInput, openChannel } from '../notifications/open-channel'

const writeQuery = {
  conferenceDataVersion: integer(0, 1).optional(),
  maxAttendees: integer(1, 1000).optional(),
  sendNotifications: boolean.optional(),
  sendUpdates: z.enum(['all', 'externalOnly', 'none']).optional(),
  supportsAttachments: boolean.optional(),
}

const changeQuery = z.strictObject({ ...writeQuery, alwaysIncludeEmail: boolean.optional() })

type SendUpdates = { sendUpdates?: WriteOptions['sendUpdates'] | undefined; sendNotifications?: boolean | undefined }

const sendUpdatesOf = ({ sendUpdates, sendNotifications }: SendUpdates): WriteOptions['sendUpdates'] =>
  sendUpdates ?? (sendNotifications ? 'all' : 'none')

const toOptions = (query: SendUpdates & { conferenceDataVersion?: number | undefined }): WriteOptions => ({
  conferenceDataVersion: query.conferenceDataVersion ?? 0,
  sendUpdates: sendUpdatesOf(query),
})

/** @throws Refusal 412 when somebody changed the event since the caller read it. */
const assertVersion = (event: StoredEvent, { ifMatch }: Conditions): void => {
  if (ifMatch === null || ifMatch === '*' || ifMatch === etagOf(event)) return
  throw new Refusal({
    status: 412,
    reason: 'conditionNotMet',
    message: 'Precondition Failed',
    location: 'If-Match',
    locationType: 'header',
  })
}

const answer = (
  event: StoredEvent,
  { calendar, role }: OpenCalendar,
  query: { maxAttendees?: number | undefined; timeZone?: string | undefined },
): Answer => ({
  resource: presentEvent(event, {
    role,
    timeZone: query.timeZone ?? calendar.timeZone,
    maxAttendees: query.maxAttendees,
  }),
  etag: etagOf(event),
})

const toWrite = ['calendar', 'calendar.events', 'calendar.events.owned', 'calendar.app.created'] as const
const toRead = [
  ...toWrite,
  'calendar.readonly',
  'calendar.events.readonly',
  'calendar.events.freebusy',
  'calendar.events.owned.readonly',
  'calendar.events.public.readonly',
] as const

const collection = '/calendars/:calendarId/events'
const member = `${collection}/:eventId`

/** Events: what somebody's time is taken by. */
export const eventRoutes = [
  route({
    operation: 'events.list',
    method: 'GET',
    path: collection,
    scopes: toRead,
    query: listQuery,
    repeated: repeatedInListQuery,
    handle: (world, { caller, segments: [calendarId = ''], query }) => {
      const resource = listEvents(world, openCalendar(world, caller, calendarId, 'freeBusyReader'), query)
      return { resource, etag: resource.etag }
    },
  }),
  route({
    operation: 'events.insert',
    method: 'POST',
    path: collection,
    scopes: toWrite,
    query: z.strictObject(writeQuery),
    body: eventInput,
    handle: (world, { caller, segments: [calendarId = ''], query, body }) => {
      const open = openCalendar(world, caller, calendarId, 'writer')
      const place = { calendar: open.calendar, writer: caller, options: toOptions(query) }
      return answer(insertEvent(world, place, body), open, query)
    },
  }),
  route({
    operation: 'events.watch',
    method: 'POST',
    path: `${collection}/watch`,
    scopes: toRead,
    query: listQuery.omit({ pageToken: true, syncToken: true }),
    repeated: repeatedInListQuery,
    body: channelInput,
    handle: (world, { caller, segments: [calendarId = ''], body }) => {
      const { calendar } = openCalendar(world, caller, calendarId, 'freeBusyReader')
      return { resource: openChannel(world, { email: caller.email, calendar, input: body }) }
    },
  }),
  route({
    operation: 'events.get',
    method: 'GET',
    path: member,
    scopes: toRead,
    query: z.strictObject({
      alwaysIncludeEmail: boolean.optional(),
      maxAttendees: integer(1, 1000).optional(),
      timeZone: timeZone.optional(),
    }),
    handle: (world, { caller, segments: [calendarId = '', eventId = ''], query, conditions }) => {
      const open = openCalendar(world, caller, calendarId, 'freeBusyReader')
      const event = mustFindEvent(world, open.calendar.id, eventId)
      return { ...answer(event, open, query), isUnchanged: conditions.ifNoneMatch === etagOf(event) }
    },
  }),
  route({
    operation: 'events.update',
    method: 'PUT',
    path: member,
    scopes: toWrite,
    query: changeQuery,
    body: eventInput,
    handle: (world, { caller, segments: [calendarId = '', eventId = ''], query, body, conditions }) => {
      const open = openCalendar(world, caller, calendarId, 'writer')
      const before = mustFindEvent(world, open.calendar.id, eventId)
      assertVersion(before, conditions)
      const place = { calendar: open.calendar, writer: caller, options: toOptions(query) }
      return answer(replaceEvent(world, place, { before, input: body }), open, query)
    },
  }),
  route({
    operation: 'events.patch',
    method: 'PATCH',
    path: member,
    scopes: toWrite,
    query: changeQuery,
    body: z.unknown(),
    handle: (world, { caller, segments: [calendarId = '', eventId = ''], query, body, conditions }) => {
      const open = openCalendar(world, caller, calendarId, 'writer')
      const before = mustFindEvent(world, open.calendar.id, eventId)
      assertVersion(before, conditions)
      const place = { calendar: open.calendar, writer: caller, options: toOptions(query) }
      return answer(patchEvent(world, place, { before, patch: body }), open, query)
    },
  }),
  route({
    operation: 'events.delete',
    method: 'DELETE',
    path: member,
    scopes: toWrite,
    query: z.strictObject({
      sendNotifications: boolean.optional(),
      sendUpdates: z.enum(['all', 'externalOnly', 'none']).optional(),
    }),
    handle: (world, { caller, segments: [calendarId = '', eventId = ''], query, conditions }) => {
      const { calendar } = openCalendar(world, caller, calendarId, 'writer')
      const event = mustFindEvent(world, calendar.id, eventId)
      assertVersion(event, conditions)
      deleteEvent(world, event, sendUpdatesOf(query))
      return { resource: null }
    },
  }),
  route({
    operation: 'events.instances',
    method: 'GET',
    path: `${member}/instances`,
    scopes: toRead,
    query: z.strictObject({
      alwaysIncludeEmail: boolean.optional(),
      maxAttendees: integer(1, 1000).optional(),
      maxResults: integer(1, 2500).optional(),
      originalStart: text.optional(),
      pageToken: text.optional(),
      showDeleted: boolean.optional(),
      timeMax: instant.optional(),
      timeMin: instant.optional(),
      timeZone: timeZone.optional(),
    }),
    handle: (world, { caller, segments: [calendarId = '', eventId = ''], query }) => {
      const open = openCalendar(world, caller, calendarId, 'freeBusyReader')
      const series = mustFindEvent(world, open.calendar.id, eventId)
      return { resource: listInstances(world, open, series, query) }
    },
  }),
]
