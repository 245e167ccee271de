import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { zoneOffsets } from '#availability/rules/zone-offsets'
import { cutPage, pageParams } from '../api/pages'
import { route } from '../api/route'
import { meetingChange, meetingInput } from '../meetings/meeting-input'
import { presentInList, presentMeeting } from '../meetings/present-meeting'
import type { StoredMeeting } from '../records'
import { Refusal, validationFailed } from '../refusal'
import { mustFindMeeting, mustFindUser, newMeetingId, newUuid, nowOf, toZoomTime, type World } from '../world'

const defaultSettings: StoredMeeting['settings'] = {
  host_video: false,
  participant_video: false,
  join_before_host: false,
  jbh_time: 0,
  mute_upon_entry: false,
  waiting_room: false,
  auto_recording: 'none',
  approval_type: 2,
  audio: 'both',
  meeting_authentication: false,
  email_notification: true,
}

/** A start in UTC, whose wall clock may be that of a zone. */
const toStart = (text: string, timeZone: string): string =>
  text.endsWith('Z') ? text : toZoomTime(zoneOffsets(timeZone).toInstant(Date.parse(`${text}Z`)))

const newId = (world: World): number => {
  for (;;) {
    const id = newMeetingId()
    if (!world.tables.meetings.get(String(id))) return id
  }
}

/** The meeting in a path. @throws Refusal 300 for what is no number, 3001 for one that is none. */
const find = (world: World, id: string): StoredMeeting => {
  if (!/^\d{9,12}$/.test(id)) throw new Refusal(400, 300, 'Invalid meeting id.')
  return mustFindMeeting(world, id)
}

const flag = z.enum(['true', 'false']).optional()

/** Meetings that are planned or being held. */
export const meetingRoutes = [
  route({
    operation: 'meetings.list',
    method: 'GET',
    path: '/users/:userId/meetings',
    query: z.strictObject({
      ...pageParams,
      type: z.enum(['scheduled', 'live', 'upcoming', 'upcoming_meetings', 'previous_meetings']).optional(),
    }),
    handle: (world, { segments: [userId = ''], query }) => {
      const host = mustFindUser(world, userId)
      const now = nowOf(world)
      const isOver = ({ startTime, duration }: StoredMeeting) => Date.parse(startTime) + duration * 60_000 < now
      const type = query.type ?? 'scheduled'
      const meetings = [...world.tables.meetings.values()].filter((meeting) => {
        if (meeting.hostId !== host.id) return false
        if (type === 'live') return meeting.heldAs !== null
        if (type === 'previous_meetings') return isOver(meeting)
        return type === 'scheduled' ? meeting.type === 2 : !isOver(meeting)
      })
      const { items, page } = cutPage(meetings, query)
      return { status: 200, body: { ...page, meetings: items.map((meeting) => presentInList(world, meeting)) } }
    },
  }),
  route({
    operation: 'meetings.create',
    method: 'POST',
    path: '/users/:userId/meetings',
    body: meetingInput,
    handle: (world, { segments: [userId = ''], body }) => {
      const host = mustFindUser(world, userId)
      const type = body.type ?? 2
      if (type === 2 && !body.start_time) {
        throw validationFailed([{ field: 'start_time', message: 'Missing field.' }])
      }
      const now = nowOf(world)
      const timeZone = body.timezone ?? host.timeZone
      const meeting: StoredMeeting = {
        id: newId(world),
        uuid: newUuid(),
        hostId: host.id,
        topic: body.topic ?? 'Zoom Meeting',
        type,
        startTime: body.start_time ? toStart(body.start_time, timeZone) : toZoomTime(now),
        duration: body.duration ?? 60,
        timeZone,
        agenda: body.agenda ?? '',
        password: body.password ?? String(randomInt(100_000, 1_000_000)),
        settings: { ...defaultSettings, ...body.settings },
        createdAt: toZoomTime(now),
        heldAs: null,
      }
      world.tables.meetings.put(String(meeting.id), meeting)
      return { status: 201, body: presentMeeting(world, meeting) }
    },
  }),
  route({
    operation: 'meetings.get',
    method: 'GET',
    path: '/meetings/:meetingId',
    query: z.strictObject({ show_previous_occurrences: flag }),
    handle: (world, { segments: [id = ''] }) => ({ status: 200, body: presentMeeting(world, find(world, id)) }),
  }),
  route({
    operation: 'meetings.update',
    method: 'PATCH',
    path: '/meetings/:meetingId',
    body: meetingChange,
    handle: (world, { segments: [id = ''], body }) => {
      const before = find(world, id)
      const timeZone = body.timezone ?? before.timeZone
      world.tables.meetings.put(String(before.id), {
        ...before,
        topic: body.topic ?? before.topic,
        agenda: body.agenda ?? before.agenda,
        duration: body.duration ?? before.duration,
        password: body.password ?? before.password,
        timeZone,
        startTime: body.start_time ? toStart(body.start_time, timeZone) : before.startTime,
        settings: { ...before.settings, ...body.settings },
      })
      return { status: 204 }
    },
  }),
  route({
    operation: 'meetings.delete',
    method: 'DELETE',
    path: '/meetings/:meetingId',
    query: z.strictObject({ schedule_for_reminder: flag, cancel_meeting_reminder: flag }),
    handle: (world, { segments: [id = ''] }) => {
      const meeting = find(world, id)
      if (meeting.heldAs) {
        throw new Refusal(400, 3002, "Sorry, you cannot delete this meeting since it's in progress.")
      }
      world.tables.meetings.delete(id)
      return { status: 204 }
    },
  }),
]
