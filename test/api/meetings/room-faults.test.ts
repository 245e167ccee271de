import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  book,
  createHost,
  expectNoRoom,
  expectOneRoom,
  type Host,
  letTimePass,
  nextStart,
  openRoomWorld,
  type RoomWorld,
  settle,
  work,
} from '../../support/room-world'
import { makeJobsDue } from '../../support/jobs'

let world: RoomWorld
let host: Host

beforeAll(async () => {
  world = await openRoomWorld()
  host = await createHost(world)
})

afterEach(() => {
  vi.restoreAllMocks()
  world.zoom.control.clearFaults()
  world.gate.release()
})

const settleRoom = async (sessionId: string) => {
  const { settleRoom: settleOne } = await import('#sessions/rooms/settle-room')
  return settleOne(world.payload, sessionId)
}

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 20 })

/** Books, with everything settled. */
const bookSettled = async () => {
  const booking = await book(world, host)
  await work(world)
  await expectOneRoom(booking)
  return booking
}

/** Lets a worker come as far as Zoom, which does its work but is not heard of; and what happens meanwhile. */
const whileUnderWay = async (sessionId: string, meanwhile: () => Promise<unknown>) => {
  world.gate.set('hold-answers')
  const first = settleRoom(sessionId)
  await until(() => expect(world.gate.waiting()).toBe(1))
  await meanwhile()
  world.gate.release()
  await first
}

/** Patience that ends at once: what waits for Zoom gives up after so many milliseconds. */
const waitAtMost = (ms: number) => {
  const timeout = AbortSignal.timeout.bind(AbortSignal)
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(ms))
}

const faults = [
  ...(['server_error', 'unavailable', 'disconnect', 'html'] as const).flatMap((kind) =>
    [false, true].map((applied) => ({ kind, applied })),
  ),
  ...(['rate_limit', 'daily_limit', 'unauthorized'] as const).map((kind) => ({ kind, applied: false })),
]

describe('exactly one meeting, whatever becomes of an answer', () => {
  it.each([
    ['of the token', 'oauth.token'],
    ['to its making', 'meetings.create'],
    ['to the search for it', 'meetings.list'],
  ] as const)('%s', async (_what, operation) => {
    for (const fault of faults.filter(({ applied }) => operation === 'meetings.create' || !applied)) {
      const what = `${operation} ${fault.kind} ${fault.applied ? 'applied' : 'not applied'}`
      const booking = await book(world, host)
      if (operation === 'oauth.token') world.zoom.control.expireTokens()
      if (operation === 'meetings.list')
        world.zoom.control.failNext({ kind: 'disconnect', applied: true, operation: 'meetings.create' })
      world.zoom.control.failNext({ ...fault, operation })
      await settle(world)
      await expectOneRoom(booking, what)
    }
  })

  it('to its move', async () => {
    for (const fault of faults) {
      const booking = await bookSettled()
      const [meeting] = booking.meetings()
      world.zoom.control.failNext({ ...fault, operation: 'meetings.update' })
      await booking.move(nextStart())
      await settle(world)
      expect((await expectOneRoom(booking, fault.kind)).id).toBe(meeting?.id)
    }
  })

  it('to its removal', async () => {
    for (const fault of faults) {
      const booking = await bookSettled()
      world.zoom.control.failNext({ ...fault, operation: 'meetings.delete' })
      await booking.cancel()
      await settle(world)
      await expectNoRoom(booking, fault.kind)
    }
  })

  it.each([
    ['and it was carried out', true],
    ['and it was not', false],
  ])('that never comes %s', async (_what, applied) => {
    waitAtMost(150)
    const booking = await book(world, host)
    world.zoom.control.failNext({ kind: 'hang', operation: 'meetings.create', applied })
    await work(world)
    expect((await booking.room())?.last_error).toContain('could not be reached')
    expect(booking.meetings()).toHaveLength(applied ? 1 : 0)
    await settle(world)
    await expectOneRoom(booking)
  })

  it('that was given up, and is carried out later', async () => {
    // Zoom is known by now, so the first thing that it is asked is the meeting.
    await bookSettled()
    const booking = await book(world, host)
    waitAtMost(150)
    world.gate.set('hold')
    await work(world)
    expect((await booking.room())?.last_error).toContain('could not be reached')
    await makeJobsDue(world.database, 'settle-room')
    await work(world)
    // Whoever comes meanwhile does not ask again.
    expect(world.gate.waiting()).toBe(1)
    expect(booking.meetings()).toEqual([])
    world.gate.release()
    await until(() => expect(booking.meetings()).not.toEqual([]))
    await settle(world)
    await expectOneRoom(booking)
  })

  it('even when the consultant has another address by then', async () => {
    const mover = await createHost(world)
    const booking = await book(world, mover)
    world.zoom.control.failNext({ kind: 'disconnect', operation: 'meetings.create', applied: true })
    await work(world)
    await world.db.query(`UPDATE users SET email = $2 WHERE id = $1`, [mover.user.id, `new-${mover.user.email}`])
    await settle(world)
    await expectOneRoom(booking)
  })
})

describe('a token', () => {
  it('that Zoom does not take any more is asked for once more, in the same call', async () => {
    await bookSettled()
    world.zoom.control.expireTokens()
    world.zoom.control.forgetCalls()
    const booking = await book(world, host)
    await work(world)
    await expectOneRoom(booking)
    expect(world.zoom.control.calls().map(({ operation, status }) => [operation, status])).toEqual([
      ['meetings.create', 401],
      ['oauth.token', 200],
      ['meetings.create', 201],
    ])
  })

  it('is not asked for again and again', async () => {
    const booking = await book(world, host)
    world.zoom.control.forgetCalls()
    world.zoom.control.failNext({ kind: 'unauthorized', operation: 'meetings.create', times: 2 })
    await work(world)
    expect(world.zoom.control.calls('meetings.create')).toHaveLength(2)
    expect((await booking.room())?.last_error).toContain('401')
    await settle(world)
    await expectOneRoom(booking)
  })
})

describe('two workers', () => {
  it('at once: one goes to Zoom, the others come again', async () => {
    const booking = await book(world, host)
    await whileUnderWay(booking.id, async () => {
      const others = await Promise.allSettled([1, 2, 3].map(() => settleRoom(booking.id)))
      for (const other of others) expect(other).toMatchObject({ status: 'rejected', reason: { message: /in work/ } })
    })
    await settle(world)
    await expectOneRoom(booking)
    const many = await book(world, host)
    await Promise.allSettled(Array.from({ length: 8 }, () => settleRoom(many.id)))
    await settle(world)
    await expectOneRoom(many)
  })

  it('of which the first was asleep: it does not go on when another one has taken over', async () => {
    const booking = await book(world, host)
    world.zoom.control.failNext({ kind: 'disconnect', operation: 'meetings.create' })
    await work(world)
    await letTimePass(world)
    // The first one looks for a meeting, and sleeps over the answer that there is none.
    world.gate.set('hold-answers')
    const first = settleRoom(booking.id)
    await until(() => expect(world.gate.waiting()).toBe(1))
    world.gate.set('open')
    await letTimePass(world)
    await settleRoom(booking.id)
    expect(booking.meetings()).toHaveLength(1)
    world.gate.release()
    await first.catch((error: unknown) => expect(error).toMatchObject({ message: /in work/ }))
    await settle(world)
    await expectOneRoom(booking)
  })

  it('of which the first was asleep: it does not let a third one in', async () => {
    const booking = await book(world, host)
    world.gate.set('hold-answers')
    const first = settleRoom(booking.id)
    await until(() => expect(world.gate.waiting()).toBe(1))
    await letTimePass(world)
    const second = settleRoom(booking.id)
    await until(() => expect(world.gate.waiting()).toBe(2))
    const { claimRoom } = await import('#meetings/room-queries')
    world.gate.releaseFirst()
    await first.catch(() => undefined)
    expect(await claimRoom(world.payload, booking.id)).toBe('busy')
    world.gate.release()
    await second
    await settle(world)
    await expectOneRoom(booking)
  })

  it('of which the first was killed: the sweep finds what is left to do', async () => {
    const booking = await book(world, host)
    await world.db.query(`DELETE FROM graphile_worker._private_jobs WHERE key = $1`, [`settle-room:${booking.id}`])
    await letTimePass(world)
    const { sweep } = await import('#worker/sweep')
    await sweep(world.payload)
    await work(world)
    await expectOneRoom(booking)
  })
})

describe('while Zoom is asked', () => {
  it('for a meeting, its session is cancelled', async () => {
    const booking = await book(world, host)
    await whileUnderWay(booking.id, () => booking.cancel())
    await settle(world)
    await expectNoRoom(booking)
  })

  it('for a meeting, its session is moved', async () => {
    const booking = await book(world, host)
    await whileUnderWay(booking.id, () => booking.move(nextStart()))
    await settle(world)
    await expectOneRoom(booking)
  })

  it('for a meeting, its session is moved and cancelled, and the answer is lost', async () => {
    const booking = await book(world, host)
    world.zoom.control.failNext({ kind: 'disconnect', operation: 'meetings.create', applied: true })
    await work(world)
    await booking.move(nextStart())
    await booking.cancel()
    await settle(world)
    await expectNoRoom(booking)
  })

  it('for a move, its session is moved again', async () => {
    const booking = await bookSettled()
    await booking.move(nextStart())
    await whileUnderWay(booking.id, () => booking.move(nextStart()))
    await settle(world)
    await expectOneRoom(booking)
  })

  it('for a move that it refuses, its session is cancelled', async () => {
    const booking = await bookSettled()
    await booking.move(nextStart())
    world.zoom.control.failNext({ kind: 'missing_scope', operation: 'meetings.update' })
    await whileUnderWay(booking.id, () => booking.cancel())
    await settle(world)
    await expectNoRoom(booking)
  })

  it('for a meeting, and its session is about to start: nobody is sent there any more', async () => {
    const booking = await book(world, host)
    world.zoom.control.failNext({ kind: 'disconnect', operation: 'meetings.create', applied: true })
    await work(world)
    expect(booking.meetings()).toHaveLength(1)
    await booking.startsIn(14)
    await settle(world)
    await expectNoRoom(booking)
    expect(await booking.doorOf('customer')).toMatch(/^https:\/\/meet\.jit\.si\//)
  })

  it('it cannot be reached: sessions are booked all the same, and their meetings are made later', async () => {
    world.gate.set('down')
    const booking = await book(world, host)
    await work(world)
    expect((await booking.find()).status).toBe('scheduled')
    expect(await booking.doorOf('consultant')).toMatch(/^https:\/\/meet\.jit\.si\//)
    world.gate.release()
    await settle(world)
    await expectOneRoom(booking)
  })
})

describe('a meeting that a person has removed at Zoom', () => {
  it('is made anew when its session is moved, and the links lead there', async () => {
    const booking = await bookSettled()
    const { id } = await expectOneRoom(booking)
    world.zoom.control.deleteMeeting(id)
    await booking.move(nextStart())
    await settle(world)
    const meeting = await expectOneRoom(booking)
    expect(meeting.id).not.toBe(id)
    for (const side of ['customer', 'consultant'] as const)
      expect(await booking.doorOf(side)).toContain(`/${meeting.id}?`)
  })

  it('is not missed when its session is cancelled', async () => {
    const booking = await bookSettled()
    world.zoom.control.deleteMeeting((await expectOneRoom(booking)).id)
    await booking.cancel()
    await settle(world)
    await expectNoRoom(booking)
  })

  it.each([
    ['Zoom refuses another one', false],
    ['its session is about to start', true],
  ])('leaves its session in the first room when %s', async (_why, isSoon) => {
    const booking = await book(world, host)
    const firstRoom = await booking.doorOf('customer')
    await work(world)
    world.zoom.control.deleteMeeting((await expectOneRoom(booking)).id)
    await booking.move(nextStart())
    if (isSoon) await booking.startsIn(14)
    else world.zoom.control.failNext({ kind: 'missing_scope', operation: 'meetings.create' })
    await settle(world)
    expect(booking.meetings()).toEqual([])
    for (const side of ['customer', 'consultant'] as const) expect(await booking.doorOf(side)).toBe(firstRoom)
  })
})

describe('a meeting that somebody is in', () => {
  it('is removed when they have left', async () => {
    const booking = await bookSettled()
    const { id } = await expectOneRoom(booking)
    world.zoom.control.start(id)
    await booking.cancel()
    await work(world)
    expect(booking.meetings()).toHaveLength(1)
    world.zoom.control.end(id)
    await settle(world)
    await expectNoRoom(booking)
  })
})
