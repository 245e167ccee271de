import type { Payload, PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { type Attendance, decideAttendance } from '#meetings/decide-attendance'
import { meetingProviders } from '#meetings/meeting-providers'
import { lockMeetingEvent, storeMeetingEventOutcome } from '#meetings/meeting-event-queries'
import {
  findMeetingRecord,
  storeMeetingRecord,
  storeSessionAttendance,
  storeSessionRecording,
} from '#meetings/meeting-queries'
import type { MeetingNews } from '#meetings/room-provider'
import { emptyMeeting, type MeetingRecord, mergeMeetingNews } from '#meetings/merge-meeting-news'
import type { MeetingProvider } from '#meetings/meeting-provider'
import { findRoomOfMeeting } from '#meetings/room-queries'
import { enqueue } from '#outbox/enqueue'
import { meetingActor } from '#shared/actor'
import { doneEvents } from '#shared/inbox-states'
import { isOneOf } from '#shared/state-table'
import { changeSessionState, requireLockedSession } from '../change/change-session'
import { decideSessionTransition } from '../decide-session-transition'
import { followSessionJob } from '../change/follow-session-change'
import type { SessionRow } from '../session-queries'
import { hourMs } from '#shared/time'

/** Who opens the room longer before the start, ms, tries it out: that is no part of the session. */
const partOfSessionMs = hourMs

/** A session begins with its meeting, unless that is opened long before. @returns whether it does now. */
const begin = async (req: PayloadRequest, session: SessionRow, at: number): Promise<boolean> => {
  const to = 'in_progress'
  const clock = { startsAt: session.startsAt, endsAt: session.endsAt, now: at }
  if (session.status !== 'scheduled') return false
  if (decideSessionTransition({ from: session.status, to, role: meetingActor.role, clock })) return false
  await changeSessionState(req, { session, to, actor: meetingActor, now: Math.max(at, Date.now()) })
  return true
}

/**
 * One whose meeting ends when its time is over, and to which both came, has been held; who leaves early may come back. Where one side
 * is missing so far, its report may only be late: the sweep closes that one.
 */
const isHeld = (session: SessionRow, { endedAt }: MeetingRecord, { consultant, customer }: Attendance): boolean =>
  endedAt !== null && endedAt >= session.endsAt && consultant.joinedAt !== null && customer.joinedAt !== null

/** What a report says, as its provider reads it. @throws RangeError when the extension of its provider is gone, or not here yet. */
const readNews = (provider: MeetingProvider, event: unknown): MeetingNews | undefined => {
  const row = meetingProviders.row(provider)
  return row.room === 'remote' ? row.news?.(event) : undefined
}

const follow = async (req: PayloadRequest, provider: MeetingProvider, news: MeetingNews): Promise<boolean> => {
  const room = await findRoomOfMeeting(req, provider, news.meetingId)
  if (!room) return false
  const session = await requireLockedSession(req, room.sessionId)
  if (news.what !== 'recorded' && news.at < session.startsAt - partOfSessionMs) return false
  const known = await findMeetingRecord(req, room)
  const record = mergeMeetingNews(known?.record ?? emptyMeeting, news)
  const { consultantEmail, customerEmail, consultantId, customerId, startsAt } = session
  const of = { sessionId: session.id, consultantId, customerId, provider, meetingId: news.meetingId }
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
  const isUnderWay =
    (news.what === 'started' && (await begin(req, session, news.at))) || session.status === 'in_progress'
  const attendance = decideAttendance(record.participants, { consultantEmail, customerEmail })
  await storeSessionAttendance(req, session.id, { attendance, record })
  if (isUnderWay && isHeld(session, record, attendance)) {
    await enqueue(req, {
      task: 'complete-session',
      payload: { sessionId: session.id },
      key: `complete-session:${session.id}`,
    })
  }
  return true
}

/** Works one report of the inbox off. A failure stays visible there and is tried again by the queue. */
export const processMeetingEvent = async (payload: Payload, meetingEventId: string): Promise<void> => {
  try {
    await withTransaction(payload, async (req) => {
      const event = await lockMeetingEvent(req, meetingEventId)
      if (!event || isOneOf(doneEvents, event.status)) return
      const news = readNews(event.provider, event.payload)
      const isOurs = news !== undefined && (await follow(req, event.provider, news))
      await storeMeetingEventOutcome(req, meetingEventId, { status: isOurs ? 'processed' : 'ignored' })
    })
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    await withTransaction(payload, (req) =>
      storeMeetingEventOutcome(req, meetingEventId, { status: 'failed', error: message }),
    )
    throw error
  }
}
