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
import { askProvider } from '#meetings/ask-provider'
import { isUsableRoom } from '#meetings/is-usable-room'
import { isConnected, remoteProvider } from '#meetings/meeting-providers'
import { RoomError } from '#meetings/room-error'
import type { RemoteRoom, RemoteRooms, RoomSession } from '#meetings/room-provider'
import { settings } from '#settings'
import { requireLockedSession } from '../change/change-session'
import { findSessionById, type SessionRow } from '../session-queries'
import { sessionRow, type SessionState } from '../session-states'
import { inEnglish } from '#shared/words'

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

/** The session as its provider is told of it. */
const tellOf = (session: SessionRow): RoomSession => ({
  reference: session.reference,
  marker: `Parley ${session.reference}`,
  topic: `${session.serviceTypeName} – ${session.consultantName}`,
  startsAt: session.startsAt,
  endsAt: session.endsAt,
  durationMinutes: session.durationMinutes,
  consultantEmail: session.consultantEmail,
})

const hasOutcome = (error: unknown, outcome: RoomError['outcome']): boolean =>
  error instanceof RoomError && error.outcome === outcome

const inWork = (sessionId: string): Error => new Error(`The room of session ${sessionId} is in work.`)

/** One worker's turn with a room. */
type Turn = {
  payload: Payload
  provider: RemoteRooms
  sessionId: string
  /** To be called before each call that changes something at the provider. @throws Error when another worker has the room by now. */
  ask: (account?: string | null) => Promise<void>
  /** Stores what came of it, under the lock on the session. @throws Error when another worker has the room by now. */
  store: (what: (req: PayloadRequest, session: SessionRow) => Promise<void>) => Promise<void>
  noteFault: (error: unknown) => Promise<void>
  /** Lets other workers have the room. */
  end: () => Promise<void>
}

const takeTurn = (payload: Payload, provider: RemoteRooms, first: RoomClaim): Turn => {
  const { sessionId } = first
  let claim = first
  return {
    payload,
    provider,
    sessionId,
    ask: async (account) => {
      const kept = await noteRoomTry(payload, claim, account)
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

/** Whatever a provider gives, nobody is led anywhere but to a page of the web. */
const requireUsable = ({ label }: RemoteRooms, room: RemoteRoom): RemoteRoom => {
  if (isUsableRoom(room)) return room
  throw new RoomError(`${label} gave a room without a usable id and address.`, { outcome: 'refused' })
}

type MadeRoom = { room: RemoteRoom; account: string | null }

const accountsOf = ({ accounts }: RemoteRooms, session: SessionRow): readonly (string | null)[] =>
  accounts?.(tellOf(session)) ?? [null]

/** In the first of these accounts that exists. */
const createIn = async (
  turn: Turn,
  session: SessionRow,
  [account = null, ...others]: readonly (string | null)[],
): Promise<MadeRoom> => {
  const { provider, ask } = turn
  await ask(account)
  try {
    const room = await askProvider(provider, () => provider.create({ ...tellOf(session), account }))
    return { room: requireUsable(provider, room), account }
  } catch (error) {
    if (others.length === 0 || !hasOutcome(error, 'gone')) throw error
    return createIn(turn, session, others)
  }
}

/** Where it was asked for as well: consultants change their addresses. */
const findRemote = async ({ provider }: Turn, session: SessionRow, row: RoomRow): Promise<MadeRoom | undefined> => {
  const accounts = accountsOf(provider, session)
  for (const account of new Set(row.hostUser === null ? accounts : [row.hostUser, ...accounts])) {
    try {
      const room = await askProvider(provider, () => provider.find({ ...tellOf(session), account }))
      if (room) return { room: requireUsable(provider, room), account }
    } catch (error) {
      if (!hasOutcome(error, 'gone')) throw error
    }
  }
  return undefined
}

/**
 * Stores a room that the provider has made; for a session that was called off meanwhile only so that it is found and removed.
 * @param version how far the provider has come with it; less than what is wanted where it has to be moved as well.
 */
const adopt = (
  { store, sessionId }: Turn,
  { room, account, version }: MadeRoom & { version: number },
  provider: RoomRow['provider'],
): Promise<void> =>
  store(async (req, session) => {
    const { meetingId, hostId, joinUrl } = room
    const isWanted = isLive(session)
    await storeRoomDelivery(req, sessionId, { version: isWanted ? version : 0, meetingId, hostId, hostUser: account })
    if (isWanted) await storeSessionRoom(req, sessionId, { provider, meetingId, joinUrl })
  })

/** Makes a room where the session is, which may be moved meanwhile: then what is wanted is newer. */
const makeRoom = async (turn: Turn, session: SessionRow, row: RoomRow): Promise<void> => {
  const made = await createIn(turn, session, accountsOf(turn.provider, session))
  await adopt(turn, { ...made, version: row.desiredVersion }, row.provider)
}

/** The provider has no room for the session any more: it is held where it was before there was one. */
const returnToFirstRoom = async (
  req: PayloadRequest,
  { id, reference }: SessionRow,
  { provider }: RoomRow,
): Promise<void> => {
  const { payloadSecret: secret } = settings
  await storeSessionRoom(req, id, createMeeting({ provider, reference, ownUrl: null, secret }))
}

const unlessGone = async (provider: RemoteRooms, call: () => Promise<void>): Promise<'done' | 'gone'> => {
  try {
    await askProvider(provider, call)
    return 'done'
  } catch (error) {
    if (hasOutcome(error, 'gone')) return 'gone'
    throw error
  }
}

/** One step towards what is wanted. @returns whether there may be another. */
const step = async (turn: Turn, session: SessionRow, room: RoomRow): Promise<boolean> => {
  const { provider, sessionId, ask, store } = turn
  const { hostUser: account } = room
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
      const found = await findRemote(turn, session, room)
      // It was made where the session was then, so the next step moves it.
      if (found) await adopt(turn, { ...found, version: room.deliveredVersion }, room.provider)
      else await makeRoom(turn, session, room)
      return true
    }
    case 'find-and-remove': {
      const found = await findRemote(turn, session, room)
      if (found) {
        const { meetingId } = found.room
        await ask()
        await unlessGone(provider, () => provider.remove({ meetingId, account: found.account }))
      }
      await noteDone()
      return true
    }
    case 'move': {
      const { meetingId } = decision
      await ask()
      if ((await unlessGone(provider, () => provider.move({ meetingId, account }, tellOf(session)))) === 'done') {
        await noteDone()
        return true
      }
      // Removed by a person: the next step makes another one.
      await store(async (req, locked) => {
        await forgetMeeting(req, sessionId)
        await returnToFirstRoom(req, locked, room)
      })
      return true
    }
    case 'remove': {
      const { meetingId } = decision
      await ask()
      await unlessGone(provider, () => provider.remove({ meetingId, account }))
      await store(async (req, locked) => {
        await storeRoomDelivery(req, sessionId, { version: room.desiredVersion, meetingId: null })
        await returnToFirstRoom(req, locked, room)
      })
      return true
    }
  }
}

const mostSteps = 5

/** A step that the provider refuses is not asked for again: the session is held in the room that it has. */
const stepOrGiveUp = async (turn: Turn, session: SessionRow, room: RoomRow): Promise<boolean> => {
  const { payload, provider, sessionId, store, noteFault } = turn
  try {
    return await step(turn, session, room)
  } catch (error) {
    await noteFault(error)
    if (!hasOutcome(error, 'refused')) throw error
    payload.logger.error({ err: error, sessionId, msg: `${inEnglish(provider.label)} refused a room` })
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
 * present state only, so it may run any number of times. The session has a room of its own meanwhile, which needs no provider. The room
 * stays with the provider for which it was booked, whatever its service type says later.
 * @throws RoomError when the provider cannot be asked, Error while another worker is at it; the job comes again.
 */
export const settleRoom = async (payload: Payload, sessionId: string): Promise<void> => {
  const claim = await claimRoom(payload, sessionId)
  if (claim === undefined) return
  if (claim === 'busy') throw inWork(sessionId)
  const provider = remoteProvider(claim.provider)
  if (!provider || !isConnected(provider)) {
    // What it has made stays as it is until it is back. To be noted here keeps it from standing in the way of other rooms in the sweep.
    await noteRoomFault(payload, claim, `${provider ? inEnglish(provider.label) : claim.provider} is not set up here.`)
    return releaseRoom(payload, claim)
  }
  const turn = takeTurn(payload, provider, claim)
  try {
    await settleSteps(turn)
  } catch (error) {
    // What the provider may still carry out is over before anybody looks for it: the claim ends by the clock.
    if (!hasOutcome(error, 'unknown')) await turn.end()
    throw error
  }
  await turn.end()
}
