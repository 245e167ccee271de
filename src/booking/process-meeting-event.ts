import type { Payload, PayloadRequest } from 'payload'
import { withTransaction } from '../database/transactions'
import { decideAttendance } from '../meetings/decide-attendance'
import { findMeetingEvent, storeMeetingEventOutcome } from '../meetings/meeting-event-queries'
import {
  findMeetingRecord,
  storeMeetingRecord,
  storeSessionAttendance,
  storeSessionRecording,
} from '../meetings/meeting-queries'
import { emptyMeeting, mergeMeetingNews } from '../meetings/merge-meeting-news'
import { findRoomOfMeeting } from '../meetings/room-queries'
import { type MeetingNews, readZoomEvent, zoomEventSchema } from '../meetings/zoom/read-zoom-event'
import { enqueue } from '../outbox/enqueue'
import { meetingActor } from '../shared/actor'
import { changeSessionState, requireLockedSession } from './change-session'
import { decideSessionTransition } from './decide-session-transition'
import { followSessionJob } from './follow-session-change'
import type { SessionRow } from './session-queries'

/** A session begins with its meeting, unless that is opened long before (somebody tries the room out). */
const begin = async (req: PayloadRequest, session: SessionRow, at: number): Promise<void> => {
  const to = 'in_progress'
  const clock = { startsAt: session.startsAt, endsAt: session.endsAt, now: at }
  if (session.status !== 'scheduled') return
  if (decideSessionTransition({ from: session.status, to, role: meetingActor.role, clock })) return
  await changeSessionState(req, { session, to, actor: meetingActor, now: Math.max(at, Date.now()) })
}

/** One that ends when its time is over has been held; who leaves early may come back. */
const end = async (req: PayloadRequest, session: SessionRow, at: number): Promise<void> => {
  if (at < session.endsAt || session.status !== 'in_progress') return
  await enqueue(req, {
    task: 'complete-session',
    payload: { sessionId: session.id },
    key: `complete-session:${session.id}`,
  })
}

const follow = async (req: PayloadRequest, news: MeetingNews): Promise<boolean> => {
  const room = await findRoomOfMeeting(req, 'zoom', news.meetingId)
  if (!room) return false
  const session = await requireLockedSession(req, room.sessionId)
  const known = await findMeetingRecord(req, room)
  const record = mergeMeetingNews(known?.record ?? emptyMeeting, news)
  const { consultantEmail, customerEmail, consultantId, customerId, startsAt } = session
  const of = { sessionId: session.id, consultantId, customerId, provider: 'zoom' as const, meetingId: news.meetingId }
  if (news.what === 'recorded') {
    const isKept = await storeSessionRecording(req, session.id, { ...news, id: news.recordingId })
    // Without the customer's consent nobody is given the recording.
    const { recording } = record
    await storeMeetingRecord(req, { ...of, startsAt }, known, {
      ...record,
      recording: recording && (isKept ? recording : { ...recording, url: '' }),
    })
    if (isKept) await enqueue(req, followSessionJob(session.id, 'recording-ready'))
    return true
  }
  await storeMeetingRecord(req, { ...of, startsAt }, known, record)
  if (news.what === 'started') await begin(req, session, news.at)
  const attendance = decideAttendance(record.participants, { consultantEmail, customerEmail })
  await storeSessionAttendance(req, session.id, { attendance, record })
  if (news.what === 'ended') await end(req, session, news.at)
  return true
}

/** Works one report of the inbox off. A failure stays visible there and is tried again by the queue. */
export const processMeetingEvent = async (payload: Payload, meetingEventId: string): Promise<void> => {
  const event = await findMeetingEvent(payload, meetingEventId)
  if (!event || event.status === 'processed' || event.status === 'ignored') return
  try {
    const news = readZoomEvent(zoomEventSchema.parse(event.payload))
    const isOurs = news !== undefined && (await withTransaction(payload, (req) => follow(req, news)))
    await storeMeetingEventOutcome(payload, meetingEventId, { status: isOurs ? 'processed' : 'ignored' })
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    await storeMeetingEventOutcome(payload, meetingEventId, { status: 'failed', error: message })
    throw error
  }
}
