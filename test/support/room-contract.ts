import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askProvider } from '#meetings/ask-provider'
import type { RemoteRoom, RemoteRooms, RoomSession } from '#meetings/room-provider'
import { iso } from './fixtures'

/** What a provider's own side has of one room. */
export type RoomAtProvider = { meetingId: string; startsAt: number }

/** A provider, and the other side of it: a sandbox, or a server of the test. */
export type RoomTarget = {
  provider: RemoteRooms
  /** What there is for a session, by its marker. */
  roomsOf: (marker: string) => RoomAtProvider[]
  /** What goes wrong with the next call that changes something: it says no · does it, but is not heard of · is not reached. */
  failNext: (fault: 'refuse' | 'lose-answer' | 'break') => void
  /** Somebody removes a room at the provider itself. */
  removeByHand: (meetingId: string) => void
  /** An account that does not exist there; null where the provider has none. */
  unknownAccount: string | null
  close: () => Promise<void>
}

let sessions = 0
const nextSession = (): RoomSession => {
  const reference = `PY-CONTRACT${++sessions}`
  const startsAt = Date.UTC(2027, 0, 4, 9)
  return {
    reference,
    marker: `Parley ${reference}`,
    topic: 'Strategy call – Ada Ashe',
    startsAt,
    endsAt: startsAt + 45 * 60_000,
    durationMinutes: 45,
    consultantEmail: null,
  }
}

const laterBy = (session: RoomSession, ms: number): RoomSession => ({
  ...session,
  startsAt: session.startsAt + ms,
  endsAt: session.endsAt + ms,
})

const day = 24 * 3_600_000

/** What Parley relies on of a provider of rooms, tried on one of them. Every provider has to pass it, its own side being the real thing or like it. */
export const describeRoomProvider = (name: string, open: () => Promise<RoomTarget>): void => {
  describe(`rooms at ${name}`, () => {
    let target: RoomTarget
    let provider: RemoteRooms

    beforeAll(async () => {
      target = await open()
      provider = target.provider
    })
    afterAll(() => target.close())

    const accountOf = (session: RoomSession) => provider.accounts?.(session)[0] ?? null
    const ask = <T>(call: () => Promise<T>): Promise<T> => askProvider(provider, call)
    const create = (session: RoomSession) => ask(() => provider.create({ ...session, account: accountOf(session) }))
    const find = (session: RoomSession) => ask(() => provider.find({ ...session, account: accountOf(session) }))
    const placed = (session: RoomSession, { meetingId }: Pick<RemoteRoom, 'meetingId'>) => ({
      meetingId,
      account: accountOf(session),
    })
    const move = (session: RoomSession, room: RemoteRoom, to: RoomSession) =>
      ask(() => provider.move(placed(session, room), to))
    const remove = (session: RoomSession, room: RemoteRoom) => ask(() => provider.remove(placed(session, room)))
    const times = ({ marker }: RoomSession) => target.roomsOf(marker).map(({ startsAt }) => iso(startsAt))

    it('are to be had here', () => {
      expect(provider.isConnected()).toBe(true)
    })

    it('are made where the session is, and found again by its marker alone', async () => {
      const [session, other] = [nextSession(), nextSession()]
      const room = await create(session)
      expect(room.joinUrl).toMatch(/^https?:\/\//)
      expect(target.roomsOf(session.marker)).toEqual([{ meetingId: room.meetingId, startsAt: session.startsAt }])
      expect(await find(session)).toMatchObject({ meetingId: room.meetingId, joinUrl: room.joinUrl })
      expect(await find(other)).toBeUndefined()
      const another = await create(other)
      expect(another.meetingId).not.toBe(room.meetingId)
      expect(another.joinUrl).not.toBe(room.joinUrl)
    })

    it('move with their session, and stay the same', async () => {
      const session = nextSession()
      const room = await create(session)
      const moved = laterBy(session, day)
      await move(session, room, moved)
      expect(target.roomsOf(session.marker)).toEqual([{ meetingId: room.meetingId, startsAt: moved.startsAt }])
      expect(await find(moved)).toMatchObject({ joinUrl: room.joinUrl })
    })

    it('are removed, and not found any more', async () => {
      const session = nextSession()
      await remove(session, await create(session))
      expect(target.roomsOf(session.marker)).toEqual([])
      expect(await find(session)).toBeUndefined()
    })

    it('are gone when somebody removed them: for a move and for a removal', async () => {
      const session = nextSession()
      const room = await create(session)
      target.removeByHand(room.meetingId)
      await expect(move(session, room, laterBy(session, day))).rejects.toMatchObject({ outcome: 'gone' })
      await expect(remove(session, room)).rejects.toMatchObject({ outcome: 'gone' })
      expect(await find(session)).toBeUndefined()
    })

    it('are made nowhere in an account that does not exist, which is said', async () => {
      const { unknownAccount } = target
      expect(unknownAccount === null).toBe(provider.accounts === undefined)
      const session = nextSession()
      if (unknownAccount === null) return
      const create = () => provider.create({ ...session, account: unknownAccount })
      await expect(ask(create)).rejects.toMatchObject({ outcome: 'gone' })
      expect(target.roomsOf(session.marker)).toEqual([])
    })

    it('are as they were after a no', async () => {
      const session = nextSession()
      target.failNext('refuse')
      await expect(create(session)).rejects.toMatchObject({ outcome: 'refused' })
      expect(target.roomsOf(session.marker)).toEqual([])
      const room = await create(session)
      target.failNext('refuse')
      await expect(move(session, room, laterBy(session, day))).rejects.toMatchObject({ outcome: 'refused' })
      target.failNext('refuse')
      await expect(remove(session, room)).rejects.toMatchObject({ outcome: 'refused' })
      expect(times(session)).toEqual([iso(session.startsAt)])
    })

    it('are found when the answer to their making was lost', async () => {
      const session = nextSession()
      target.failNext('lose-answer')
      await expect(create(session)).rejects.toMatchObject({ outcome: 'unknown' })
      const [made, ...others] = target.roomsOf(session.marker)
      expect(others).toEqual([])
      expect(await find(session)).toMatchObject({ meetingId: made?.meetingId })
    })

    it('may have moved when the answer was lost, and can be told again', async () => {
      const session = nextSession()
      const room = await create(session)
      const moved = laterBy(session, day)
      target.failNext('lose-answer')
      await expect(move(session, room, moved)).rejects.toMatchObject({ outcome: 'unknown' })
      await move(session, room, moved)
      expect(times(session)).toEqual([iso(moved.startsAt)])
      target.failNext('lose-answer')
      await expect(remove(session, room)).rejects.toMatchObject({ outcome: 'unknown' })
      await expect(remove(session, room)).rejects.toMatchObject({ outcome: 'gone' })
    })

    it('are not said to be made when the provider was not reached', async () => {
      const session = nextSession()
      target.failNext('break')
      await expect(create(session)).rejects.toMatchObject({
        outcome: expect.stringMatching(/^(unknown|not_processed)$/),
      })
      expect(await find(session)).toBeUndefined()
    })

    it('are opened by their host at an address of its own, where there is one', async () => {
      const session = nextSession()
      const room = await create(session)
      const { hostUrl } = provider
      const url = hostUrl && (await ask(() => hostUrl(placed(session, room))))
      expect(url).not.toBe(room.joinUrl)
      expect(url ?? 'https://none').toMatch(/^https?:\/\//)
    })
  })
}
