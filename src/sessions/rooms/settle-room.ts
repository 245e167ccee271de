import type { Payload, PayloadRequest } from 'payload'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import { createMeeting } from '#meetings/create-meeting'
import { decideRoom } from '#meetings/decide-room'
import {
  claimRoom,
  findRoom,
  forgetMeeting,
  giveRoomUp,
  holdsRoom,
  noteRoomFault,
  noteRoomTry,
  releaseRoom,
  type RoomClaim,
  type RoomRow,
  storeRoomDelivery,
  storeSessionRoom,
} from '#meetings/room-queries'
import { getZoom, type ZoomClient, type ZoomMeeting } from '#meetings/zoom/zoom-client'
import { ZoomError } from '#meetings/zoom/zoom-error'
import { settings } from '#settings'
import { requireLockedSession } from '../change/change-session'
import { findSessionById, type SessionRow } from '../session-queries'
import { sessionRow, type SessionState } from '../session-states'

const standing = (status: SessionState): 'live' | 'called_off' | 'held' => {
  switch (sessionRow(status).phase) {
    case 'live':
      return 'live'
    case 'past':
      return 'held'
    // One that waits for its payment or confirmation is made no room yet.
    case 'waiting':
    case 'called_off':
      return 'called_off'
  }
}

const isLive = (session: SessionRow): boolean => standing(session.status) === 'live'

const markerOf = (session: SessionRow): string => `Parley ${session.reference}`

const inWork = (sessionId: string): Error => new Error(`The room of session ${sessionId} is in work.`)

/** One worker's turn with a room. */
type Turn = {
  payload: Payload
  zoom: ZoomClient
  sessionId: string
  /** To be called before each call that changes something at Zoom. @throws Error when another worker has the room by now. */
  ask: (hostUser?: string) => Promise<void>
  /** Stores what came of it, under the lock on the session. @throws Error when another worker has the room by now. */
  store: (what: (req: PayloadRequest, session: SessionRow) => Promise<void>) => Promise<void>
  noteFault: (error: unknown) => Promise<void>
  /** Lets other workers have the room. */
  end: () => Promise<void>
}

const takeTurn = (payload: Payload, zoom: ZoomClient, first: RoomClaim): Turn => {
  const { sessionId } = first
  let claim = first
  return {
    payload,
    zoom,
    sessionId,
    ask: async (hostUser) => {
      const kept = await noteRoomTry(payload, claim, hostUser)
      if (!kept) throw inWork(sessionId)
      claim = kept
    },
    store: (what) =>
      withTransaction(payload, async (req) => {
        const session = await requireLockedSession(req, sessionId)
        if (!(await holdsRoom(req, claim))) throw inWork(sessionId)
        await what(req, session)
      }),
    noteFault: (error) => noteRoomFault(payload, claim, error instanceof Error ? error.message : String(error)),
    end: () => releaseRoom(payload, claim),
  }
}

type MadeMeeting = { meeting: ZoomMeeting; hostUser: string }

/** The consultant's own user where the account has one, else that of the app: a user can hold one meeting at a time. */
const createAtZoom = async ({ zoom, ask }: Turn, session: SessionRow): Promise<MadeMeeting> => {
  const request = {
    topic: `${session.serviceTypeName} – ${session.consultantName}`,
    marker: markerOf(session),
    startsAt: session.startsAt,
    durationMinutes: session.durationMinutes,
  }
  const createFor = async (hostUser: string): Promise<MadeMeeting> => {
    await ask(hostUser)
    return { meeting: await zoom.createMeeting(hostUser, request), hostUser }
  }
  const { consultantEmail } = session
  if (consultantEmail !== null) {
    try {
      return await createFor(consultantEmail)
    } catch (error) {
      if (!(error instanceof ZoomError) || error.outcome !== 'gone') throw error
    }
  }
  return createFor('me')
}

/** Where it was asked for as well: consultants change their addresses. */
const findAtZoom = async ({ zoom }: Turn, session: SessionRow, room: RoomRow): Promise<MadeMeeting | undefined> => {
  for (const hostUser of new Set([room.hostUser, session.consultantEmail, 'me'])) {
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

/**
 * Stores a room that Zoom has made; for a session that was called off meanwhile only so that it is found and removed.
 * @param version how far Zoom has come with it; less than what is wanted where it has to be moved as well.
 */
const adopt = (
  { store, sessionId }: Turn,
  { meeting, hostUser, version }: MadeMeeting & { version: number },
): Promise<void> =>
  store(async (req, session) => {
    const { id: meetingId, hostId, joinUrl } = meeting
    const isWanted = isLive(session)
    await storeRoomDelivery(req, sessionId, { version: isWanted ? version : 0, meetingId, hostId, hostUser })
    if (isWanted) await storeSessionRoom(req, sessionId, { provider: 'zoom', meetingId, joinUrl })
  })

/** Makes a meeting where the session is, which may be moved meanwhile: then what is wanted is newer. */
const makeRoom = async (turn: Turn, session: SessionRow, room: RoomRow): Promise<void> =>
  adopt(turn, { ...(await createAtZoom(turn, session)), version: room.desiredVersion })

/** Zoom has no room for the session any more: it is held where it was before there was one. */
const returnToFirstRoom = async (req: PayloadRequest, { id, reference }: SessionRow): Promise<void> => {
  const { payloadSecret: secret, jitsiBaseUrl } = settings
  await storeSessionRoom(req, id, createMeeting({ provider: 'zoom', reference, ownUrl: null, secret, jitsiBaseUrl }))
}

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
const step = async (turn: Turn, session: SessionRow, room: RoomRow): Promise<boolean> => {
  const { zoom, sessionId, ask, store } = turn
  const decision = decideRoom({
    room,
    session: standing(session.status),
    startsAt: session.startsAt,
    now: Date.now(),
  })
  const noteDone = () => store((req) => storeRoomDelivery(req, sessionId, { version: room.desiredVersion }))
  switch (decision.do) {
    case 'nothing':
      return false
    case 'note':
      await noteDone()
      return true
    case 'create':
      await makeRoom(turn, session, room)
      return true
    case 'find-or-create': {
      const found = await findAtZoom(turn, session, room)
      // It was made where the session was then, so the next step moves it.
      if (found) await adopt(turn, { ...found, version: room.deliveredVersion })
      else await makeRoom(turn, session, room)
      return true
    }
    case 'find-and-remove': {
      const found = await findAtZoom(turn, session, room)
      if (found) {
        await ask()
        await ignoreGone(zoom.deleteMeeting(found.meeting.id))
      }
      await noteDone()
      return true
    }
    case 'move':
      await ask()
      if ((await ignoreGone(zoom.moveMeeting(decision.meetingId, session))) === 'done') {
        await noteDone()
        return true
      }
      // Removed by a person: the next step makes another one.
      await store(async (req, locked) => {
        await forgetMeeting(req, sessionId)
        await returnToFirstRoom(req, locked)
      })
      return true
    case 'remove':
      await ask()
      await ignoreGone(zoom.deleteMeeting(decision.meetingId))
      await store(async (req, locked) => {
        await storeRoomDelivery(req, sessionId, { version: room.desiredVersion, meetingId: null })
        await returnToFirstRoom(req, locked)
      })
      return true
  }
}

const mostSteps = 5

/** A step that Zoom refuses is not asked for again: the session is held in the room that it has. */
const stepOrGiveUp = async (turn: Turn, session: SessionRow, room: RoomRow): Promise<boolean> => {
  const { payload, sessionId, store, noteFault } = turn
  try {
    return await step(turn, session, room)
  } catch (error) {
    await noteFault(error)
    if (!(error instanceof ZoomError) || error.outcome !== 'refused') throw error
    payload.logger.error({ err: error, sessionId, msg: 'Zoom refused a room' })
    // What was wanted meanwhile has not been refused.
    await store((req) => giveRoomUp(req, sessionId, room.desiredVersion))
    return true
  }
}

const settleSteps = async (turn: Turn): Promise<void> => {
  const req = await localRequest(turn.payload)
  for (let steps = 0; steps < mostSteps; steps++) {
    const room = await findRoom(req, turn.sessionId)
    const session = await findSessionById(req, turn.sessionId)
    if (!room || !session || !(await stepOrGiveUp(turn, session, room))) return
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
  const claim = await claimRoom(payload, sessionId)
  if (claim === undefined) return
  if (claim === 'busy') throw inWork(sessionId)
  const turn = takeTurn(payload, zoom, claim)
  try {
    if (claim.provider === 'zoom') await settleSteps(turn)
  } catch (error) {
    // What Zoom may still carry out is over before anybody looks for it: the claim ends by the clock.
    if (!(error instanceof ZoomError) || error.outcome !== 'unknown') await turn.end()
    throw error
  }
  await turn.end()
}
