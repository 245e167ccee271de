import { z } from 'zod'
import { cutPage, pageParams } from '../api/pages'
import { route } from '../api/route'
import { lengthOf } from '../meetings/hold-meeting'
import type { StoredInstance } from '../records'
import { Refusal } from '../refusal'
import { toZoomTime, type World } from '../world'

/**
 * The time that a meeting was held, by its uuid, or the latest by the id of the meeting.
 * @throws Refusal 3001 while it is being held or when it never was.
 */
const findEnded = (world: World, id: string): StoredInstance => {
  const instance = [...world.tables.instances.values()].findLast(
    ({ uuid, meetingId, endedAt }) => endedAt !== null && (uuid === id || String(meetingId) === id),
  )
  if (!instance) throw new Refusal(404, 3001, 'This meeting is not available or ID is not valid.')
  return instance
}

/** Meetings that have ended. */
export const pastMeetingRoutes = [
  route({
    operation: 'pastMeetings.get',
    method: 'GET',
    path: '/past_meetings/:meetingId',
    handle: (world, { segments: [id = ''] }) => {
      const { uuid, meetingId, hostId, topic, type, startedAt, endedAt, attendances } = findEnded(world, id)
      const host = world.tables.users.get(hostId)
      const minutes = attendances.map(({ joinedAt, leftAt }) => lengthOf(world, joinedAt, leftAt))
      const body = {
        uuid,
        id: meetingId,
        host_id: hostId,
        type,
        topic,
        user_name: host ? `${host.firstName} ${host.lastName}`.trim() : '',
        user_email: host?.email ?? '',
        start_time: toZoomTime(startedAt),
        end_time: toZoomTime(endedAt ?? startedAt),
        duration: lengthOf(world, startedAt, endedAt),
        total_minutes: minutes.reduce((sum, one) => sum + one, 0),
        participants_count: attendances.length,
      }
      return { status: 200, body }
    },
  }),
  route({
    operation: 'pastMeetings.participants',
    method: 'GET',
    path: '/past_meetings/:meetingId/participants',
    query: z.strictObject(pageParams),
    handle: (world, { segments: [id = ''], query }) => {
      const { attendances, endedAt } = findEnded(world, id)
      const { items, page } = cutPage(attendances, query)
      const participants = items.map((attendance) => {
        const leftAt = attendance.leftAt ?? endedAt ?? attendance.joinedAt
        return {
          id: attendance.userId ?? '',
          user_id: attendance.participantId,
          name: attendance.name,
          user_email: attendance.email,
          registrant_id: '',
          join_time: toZoomTime(attendance.joinedAt),
          leave_time: toZoomTime(leftAt),
          // Seconds.
          duration: Math.round((leftAt - attendance.joinedAt) / 1000),
          failover: false,
          status: 'in_meeting',
          internal_user: attendance.userId !== null,
        }
      })
      return {
        status: 200,
        body: { ...page, page_count: Math.ceil(page.total_records / page.page_size), participants },
      }
    },
  }),
]
