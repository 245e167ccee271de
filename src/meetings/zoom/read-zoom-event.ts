import { z } from 'zod'
import type { MeetingNews } from '../room-provider'

const id = z.union([z.number(), z.string()]).transform(String)
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const optionalText = z
  .string()
  .trim()
  .transform((text) => text.slice(0, 200) || null)
  .nullish()

const participant = z.object({
  user_id: id,
  participant_uuid: z.string().optional(),
  id: z.string().optional(),
  user_name: optionalText,
  email: optionalText,
  join_time: time.optional(),
  leave_time: time.optional(),
})

const meeting = z.object({ id, host_id: z.string().optional() })

export const zoomEventSchema = z.object({
  event: z.string().max(200),
  event_ts: z.number().optional(),
  payload: z.looseObject({ plainToken: z.string().max(500).optional(), object: z.unknown().optional() }),
})

export type ZoomEvent = z.output<typeof zoomEventSchema>

/** What an event of Zoom says; undefined for kinds that are of no interest. @throws ZodError when it is not as documented. */
export const readZoomEvent = ({ event, event_ts, payload }: ZoomEvent): MeetingNews | undefined => {
  const { object } = payload
  switch (event) {
    case 'meeting.started':
    case 'meeting.ended': {
      const isStart = event === 'meeting.started'
      const read = meeting.extend({ start_time: time.optional(), end_time: time.optional() }).parse(object)
      const at = (isStart ? read.start_time : read.end_time) ?? event_ts
      return at === undefined ? undefined : { what: isStart ? 'started' : 'ended', meetingId: read.id, at }
    }
    case 'meeting.participant_joined':
    case 'meeting.participant_left': {
      const isJoin = event === 'meeting.participant_joined'
      const read = meeting.extend({ participant }).parse(object)
      const who = read.participant
      const at = (isJoin ? who.join_time : who.leave_time) ?? event_ts
      if (at === undefined) return undefined
      return {
        what: isJoin ? 'joined' : 'left',
        meetingId: read.id,
        at,
        participant: {
          // Somebody with a login is the same one when they come back; others are new each time.
          id: who.id || (who.participant_uuid ?? who.user_id),
          name: who.user_name ?? null,
          email: who.email?.toLowerCase() ?? null,
          isHost: Boolean(who.id) && who.id === read.host_id,
        },
      }
    }
    case 'recording.completed': {
      const read = meeting
        .extend({ uuid: z.string(), share_url: z.url(), duration: z.number().optional() })
        .parse(object)
      return {
        what: 'recorded',
        meetingId: read.id,
        recordingId: read.uuid,
        url: read.share_url,
        durationMinutes: Math.round(read.duration ?? 0),
      }
    }
    default:
      return undefined
  }
}
