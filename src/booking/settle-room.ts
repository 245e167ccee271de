import type { Payload } from 'payload'
import { localRequest } from '../database/local-request'
import { withTransaction } from '../database/transactions'
import { decideRoom } from '../meetings/decide-room'
import {
  claimRoom,
  findRoom,
  forgetMeeting,
  giveRoomUp,
  noteRoomFault,
  noteRoomTry,
  releaseRoom,
  type RoomRow,
  storeRoomDelivery,
  storeSessionRoom,
} from '../meetings/room-queries'
import { getZoom, type ZoomClient, type ZoomMeeting } from '../meetings/zoom/zoom-client'
import { ZoomError } from '../meetings/zoom/zoom-error'
import { requireLockedSession } from './change-session'
import { findSessionById, type SessionRow } from './session-queries'
import type { SessionState } from './session-states'

const standing = (status: SessionState): 'live' | 'called_off' | 'held' => {
  switch (status) {
    case 'scheduled':
    case 'in_progress':
      return 'live'
    case 'completed':
    case 'no_show_user':
    case 'no_show_consultant':
    case 'refunded':
      return 'held'
    // One that waits for its payment or confirmation is made no room yet.
    case 'pending_payment':
    case 'pending_confirmation':
    case 'cancelled_by_user':
    case 'cancelled_by_consultant':
    case 'cancelled_by_operations':
    case 'declined':
    case 'expired':
      return 'called_off'
  }
}

const isLive = (session: SessionRow): boolean => standing(session.status) === 'live'

const markerOf = (session: SessionRow): string => `Parley ${session.reference}`

/** The consultant's own user where the account has one, else that of the app: a user can hold one meeting at a time. */
const createAtZoom = async (
  zoom: ZoomClient,
  session: SessionRow,
): Promise<{ meeting: ZoomMeeting; hostUser: string }> => {
  const request = {
    topic: `${session.serviceTypeName} – ${session.consultantName}`,
    marker: markerOf(session),
    startsAt: session.startsAt,
    durationMinutes: session.durationMinutes,
  }
  const { consultantEmail } = session
  if (consultantEmail !== null) {
    try {
      return { meeting: await zoom.createMeeting(consultantEmail, request), hostUser: consultantEmail }
    } catch (error) {
      if (!(error instanceof ZoomError) || error.outcome !== 'gone') throw error
    }
  }
  return { meeting: await zoom.createMeeting('me', request), hostUser: 'me' }
}

const findAtZoom = async (zoom: ZoomClient, session: SessionRow) => {
  for (const hostUser of [session.consultantEmail, 'me']) {
    if (hostUser === null) continue
    try {
      const meeting = await zoom.findMeeting(hostUser, markerOf(session))
      if (meeting) return { meeting, hostUser }
    } catch (error) {
      if (!(error instanceof ZoomError) || error.outcome !== 'gone') throw error
    }
  }
  return undefined
}

/** Stores a room that Zoom has made; for a session that was called off meanwhile only so that it is found and removed. */
const adopt = async (
  payload: Payload,
  room: RoomRow,
  { meeting, hostUser }: { meeting: ZoomMeeting; hostUser: string },
): Promise<void> =>
  withTransaction(payload, async (req) => {
    const session = await requireLockedSession(req, room.sessionId)
    const { id: meetingId, hostId, joinUrl } = meeting
    // The versions stay apart when it has to be removed again, or the session was moved while it was made.
    const version = isLive(session) ? room.desiredVersion : room.deliveredVersion
    await storeRoomDelivery(req, room.sessionId, { version, meetingId, hostId, hostUser })
    if (isLive(session)) await storeSessionRoom(req, session.id, { provider: 'zoom', meetingId, joinUrl })
  })

const ignoreGone = async (call: Promise<void>): Promise<'done' | 'gone'> => {
  try {
    await call
    return 'done'
  } catch (error) {
    if (error instanceof ZoomError && error.outcome === 'gone') return 'gone'
    throw error
  }
}

/** One step towards what is wanted. @returns whether there may be another. */
const step = async (payload: Payload, zoom: ZoomClient, session: SessionRow, room: RoomRow): Promise<boolean> => {
  const decision = decideRoom({
    room,
    session: standing(session.status),
    startsAt: session.startsAt,
    now: Date.now(),
  })
  if (decision.do === 'nothing') return false
  const store = (delivery: { meetingId?: null } = {}) =>
    withTransaction(payload, (req) =>
      storeRoomDelivery(req, room.sessionId, { version: room.desiredVersion, ...delivery }),
    )
  if (decision.do !== 'note') await noteRoomTry(payload, room.sessionId)
  switch (decision.do) {
    case 'note':
      await store()
      return true
    case 'create':
      await adopt(payload, room, await createAtZoom(zoom, session))
      return true
    case 'find-or-create':
      await adopt(payload, room, (await findAtZoom(zoom, session)) ?? (await createAtZoom(zoom, session)))
      return true
    case 'find-and-remove': {
      const found = await findAtZoom(zoom, session)
      if (found) await ignoreGone(zoom.deleteMeeting(found.meeting.id))
      await store()
      return true
    }
    case 'move':
      if ((await ignoreGone(zoom.moveMeeting(decision.meetingId, session))) === 'done') await store()
      // Removed by a person: the next step makes another one.
      else await withTransaction(payload, (req) => forgetMeeting(req, room.sessionId))
      return true
    case 'remove':
      await ignoreGone(zoom.deleteMeeting(decision.meetingId))
      await store({ meetingId: null })
      return true
  }
}

const mostSteps = 5

const settleSteps = async (payload: Payload, zoom: ZoomClient, sessionId: string): Promise<void> => {
  const req = await localRequest(payload)
  for (let steps = 0; steps < mostSteps; steps++) {
    const room = await findRoom(req, sessionId)
    const session = await findSessionById(req, sessionId)
    if (!room || !session || !(await step(payload, zoom, session, room))) return
  }
}

/**
 * Makes the provider's room agree with the session: made, moved with it, removed with it, whatever was lost in between. Looks at the
 * present state only, so it may run any number of times. The session has a room of its own meanwhile, which needs no provider.
 * @throws ZoomError when Zoom cannot be asked, Error while another worker is at it; the job comes again.
 */
export const settleRoom = async (payload: Payload, sessionId: string): Promise<void> => {
  const zoom = getZoom()
  if (!zoom) return
  const room = await claimRoom(payload, sessionId)
  if (room === undefined) return
  if (room === 'busy') throw new Error(`The room of session ${sessionId} is in work.`)
  try {
    if (room.provider === 'zoom') await settleSteps(payload, zoom, sessionId)
  } catch (error) {
    await noteRoomFault(payload, sessionId, error instanceof Error ? error.message : String(error))
    if (!(error instanceof ZoomError) || error.outcome !== 'refused') throw error
    // Asking again changes nothing: the session is held in the room that it has.
    payload.logger.error({ err: error, sessionId, msg: 'Zoom refused a room' })
    await withTransaction(payload, (req) => giveRoomUp(req, sessionId))
  } finally {
    await releaseRoom(payload, sessionId)
  }
}
