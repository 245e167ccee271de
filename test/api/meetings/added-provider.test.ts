import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ServiceType } from '#payload-types'
import { cleanUpLater } from '../../support/clean-up'
import { Crashed, killedAfter, plantDatabaseSteps, withSteps } from '../../support/crash'
import { createHallRooms, type Hall, type HallRoom, startHall } from '../../support/hall-rooms'
import {
  book,
  type Booking,
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

let world: RoomWorld
let hall: Hall
/** Whose sessions are held at the Hall, and at Zoom. */
let atHall: Host
let atZoom: Host

/** As an extension's migration does it. */
const nameProviders = async () => {
  for (const type of [
    'enum_service_types_meeting_provider',
    'enum_scheduled_sessions_meeting_provider',
    'enum_meetings_provider',
    'enum_booking_settings_default_meeting_provider',
  ]) {
    for (const name of ['hall', 'village']) await world.db.query(`ALTER TYPE ${type} ADD VALUE '${name}'`)
  }
}

/** The types of an installation know its providers, those of the product do not. */
const inTheHall = { meetingProvider: 'hall' as ServiceType['meetingProvider'] }

beforeAll(async () => {
  hall = await startHall()
  cleanUpLater(hall.close)
  const { extensions } = await import('#extensions/index')
  const village = {
    name: 'village',
    label: 'Village hall',
    room: 'derived' as const,
    roomOf: ({ roomName }: { roomName: string }) => ({
      meetingId: roomName,
      joinUrl: `https://village.example/${roomName}`,
    }),
  }
  extensions.meetings = [createHallRooms(hall), village]
  world = await openRoomWorld()
  await nameProviders()
  atHall = await createHost(world, inTheHall)
  atZoom = await createHost(world)
  plantDatabaseSteps(world.payload)
  vi.stubGlobal('fetch', withSteps(globalThis.fetch))
})

afterEach(() => world.zoom.control.clearFaults())

const settleRoom = async ({ id }: Booking) => {
  const { settleRoom: settleOne } = await import('#sessions/rooms/settle-room')
  return settleOne(world.payload, id)
}

const roomsOf = ({ reference }: Booking): HallRoom[] =>
  hall.rooms().filter(({ note }) => note.endsWith(` ${reference}`))

/** @throws AssertionError unless the Hall and Parley agree: one room at the session's time, in which the session is held. */
const expectOneHall = async (booking: Booking, what: string = booking.reference): Promise<HallRoom> => {
  const rooms = roomsOf(booking)
  expect(rooms, what).toHaveLength(1)
  const [room] = rooms as [HallRoom]
  const session = await booking.find()
  expect(room.startsAt, what).toBe(Date.parse(session.startsAt))
  expect(session.meeting, what).toMatchObject({ provider: 'hall', meetingId: room.id, joinUrl: room.url })
  expect(await booking.room(), what).toMatchObject({ meeting_id: room.id, tries: 0, last_error: null })
  return room
}

const expectNoHall = async (booking: Booking, what?: string): Promise<void> => {
  expect(roomsOf(booking), what).toEqual([])
  await expectNoRoom(booking, what)
}

const bookSettled = async () => {
  const booking = await book(world, atHall)
  await work(world)
  await expectOneHall(booking)
  return booking
}

describe('a provider of rooms that an installation adds', () => {
  it('can be chosen for a service, by those who may edit it', async () => {
    const chosen = await world.payload.findByID({ collection: 'service-types', id: atHall.serviceType.id, depth: 0 })
    expect(chosen.meetingProvider).toBe('hall')
    const other = await world.staff.patch(`/service-types/${atHall.serviceType.id}`, { meetingProvider: 'cellar' })
    expect(other.status).toBe(400)
    const fields = world.payload.collections['service-types'].config.flattenedFields
    const options = fields.find(({ name }) => name === 'meetingProvider')
    expect(options).toMatchObject({
      options: expect.arrayContaining([
        { value: 'zoom', label: 'Zoom' },
        { value: 'hall', label: 'The Hall' },
        { value: 'village', label: 'Village hall' },
      ]),
    })
  })

  it('has its room made, moved and removed with the session; until then it is at Jitsi', async () => {
    const booking = await book(world, atHall)
    expect(await booking.doorOf('customer')).toMatch(/^https:\/\/meet\.jit\.si\//)
    await work(world)
    const room = await expectOneHall(booking)
    for (const side of ['customer', 'consultant'] as const) expect(await booking.doorOf(side)).toBe(room.url)
    await booking.move(nextStart())
    await work(world)
    expect((await expectOneHall(booking)).id).toBe(room.id)
    await booking.cancel()
    await work(world)
    await expectNoHall(booking)
  })

  it('makes one room whose answer was lost, also when the session moves or ends meanwhile', async () => {
    const [stays, moves, ends] = [await book(world, atHall), await book(world, atHall), await book(world, atHall)]
    for (const booking of [stays, moves, ends]) {
      hall.failNext('lose-answer')
      await expect(settleRoom(booking)).rejects.toMatchObject({ outcome: 'unknown' })
      expect(roomsOf(booking)).toHaveLength(1)
      expect((await booking.room())?.last_error).toContain('The Hall failed')
    }
    await moves.move(nextStart())
    await ends.cancel()
    await settle(world)
    await expectOneHall(stays)
    await expectOneHall(moves)
    await expectNoHall(ends)
  })

  it('may refuse: the session stays in the room that it has', async () => {
    const booking = await book(world, atHall)
    hall.failNext('refuse')
    await settle(world)
    expect(roomsOf(booking)).toEqual([])
    expect((await booking.room())?.last_error).toBe('The Hall answered 422.')
    expect(await booking.doorOf('customer')).toMatch(/^https:\/\/meet\.jit\.si\//)
  })

  it('leads nobody to an address that is no page of the web', async () => {
    const booking = await book(world, atHall)
    hall.failNext('odd-address')
    await settle(world)
    expect((await booking.room())?.last_error).toBe('The Hall gave a room without a usable id and address.')
    expect(await booking.doorOf('customer')).toMatch(/^https:\/\/meet\.jit\.si\//)
  })

  it('makes another room where somebody removed the first', async () => {
    const booking = await bookSettled()
    const [room] = roomsOf(booking)
    hall.removeByHand(room?.id ?? '')
    await booking.move(nextStart())
    await settle(world)
    expect((await expectOneHall(booking)).id).not.toBe(room?.id)
  })

  it('has one room, moved and removed, wherever its worker is killed', async () => {
    const killAt = async (steps: number, booking: Booking): Promise<boolean> => {
      try {
        await killedAfter(steps, () => settleRoom(booking))
        return false
      } catch (error) {
        if (error instanceof Crashed) return true
        throw error
      }
    }
    let kills = 0
    for (let steps = 1, isAlive = true; isAlive; steps++) {
      const booking = await book(world, atHall)
      isAlive = await killAt(steps, booking)
      await letTimePass(world)
      await settleRoom(booking)
      await expectOneHall(booking, `made, killed after ${steps} steps`)
      await booking.cancel()
      const isRemoving = await killAt(steps, booking)
      await letTimePass(world)
      await settleRoom(booking)
      await expectNoHall(booking, `removed, killed after ${steps} steps`)
      kills += [isAlive, isRemoving].filter(Boolean).length
    }
    expect(kills).toBeGreaterThan(10)
    await settle(world)
  })
})

it('a provider whose rooms follow from the booking has them there at once, and is never asked', async () => {
  const host = await createHost(world, { meetingProvider: 'village' as ServiceType['meetingProvider'] })
  const booking = await book(world, host)
  const { meeting } = await booking.find()
  expect(meeting).toMatchObject({ provider: 'village', joinUrl: `https://village.example/${meeting?.meetingId}` })
  expect(await booking.doorOf('customer')).toBe(meeting?.joinUrl)
  await settle(world)
  expect(await booking.room()).toBeUndefined()
  expect((await booking.find()).meeting).toEqual(meeting)
})

describe('what an added provider reports', () => {
  const report = async (body: object) => {
    const [{ localRequest }, { receiveMeetingEvent }] = await Promise.all([
      import('#database/local-request'),
      import('#meetings/receive-meeting-event'),
    ])
    const key = JSON.stringify(body)
    await receiveMeetingEvent(await localRequest(world.payload), {
      provider: 'hall',
      key,
      type: 'hall.report',
      payload: body,
    })
  }
  const inbox = async () => {
    const { rows } = await world.db.query<{ status: string; error: string | null }>(
      `SELECT status, error FROM parley.meeting_events WHERE provider = 'hall' ORDER BY received_at`,
    )
    return rows
  }

  it('begins the session and says who was there, once', async () => {
    const booking = await bookSettled()
    const { id: room } = await expectOneHall(booking)
    await booking.startsIn(2)
    const at = Date.now()
    for (let twice = 0; twice < 2; twice++) {
      await report({ room, says: 'opened', at })
      await report({ room, says: 'came', at, person: { id: 'p1', email: booking.customer.email, isHost: false } })
    }
    await work(world)
    const session = await booking.find()
    expect(session.status).toBe('in_progress')
    expect(session.attendance).toMatchObject({ customerJoinedAt: new Date(at).toISOString() })
    const where = { scheduledSession: { equals: booking.id } }
    const { docs } = await world.payload.find({ collection: 'meetings', where, depth: 0 })
    expect(docs).toMatchObject([{ provider: 'hall', providerMeetingId: room, eventCount: 2 }])
    expect(await inbox()).toEqual([
      { status: 'processed', error: null },
      { status: 'processed', error: null },
    ])
  })

  it('of another provider’s room of that name is none of it, and one that is not as agreed stays visible', async () => {
    const booking = await book(world, atZoom)
    await work(world)
    const { id } = await expectOneRoom(booking)
    await booking.startsIn(2)
    await report({ room: String(id), says: 'opened', at: Date.now() })
    await report({ room: 7 })
    await work(world)
    expect((await inbox()).slice(-2)).toMatchObject([
      { status: 'ignored' },
      { status: 'failed', error: expect.stringContaining('Zod') },
    ])
    expect((await booking.find()).status).toBe('scheduled')
    await world.db.query(`DELETE FROM graphile_worker._private_jobs WHERE attempts > 0`)
  })
})

describe('two providers at once', () => {
  it('have each their own sessions', async () => {
    const [there, here] = [await book(world, atHall), await book(world, atZoom)]
    await settle(world)
    await expectOneHall(there)
    expect(there.meetings()).toEqual([])
    await expectOneRoom(here)
    expect(roomsOf(here)).toEqual([])
  })

  it('a session stays with the one it was booked for when its service changes; new ones go to the other', async () => {
    const host = await createHost(world)
    const settled = await book(world, host)
    await settle(world)
    const { id } = await expectOneRoom(settled)
    const waiting = await book(world, host)
    await world.payload.update({ collection: 'service-types', id: host.serviceType.id, data: inTheHall, depth: 0 })
    await settled.move(nextStart())
    const after = await book(world, host)
    await settle(world)
    expect((await expectOneRoom(settled)).id).toBe(id)
    await expectOneRoom(waiting)
    await expectOneHall(after)
    await settled.cancel()
    await settle(world)
    await expectNoRoom(settled)
    expect([settled, waiting].flatMap(roomsOf)).toEqual([])
  })

  it('one is taken out of the product: its sessions stay where they are, and it goes on when it is back', async () => {
    const { addMeetingProviders } = await import('#meetings/meeting-providers')
    const made = await bookSettled()
    const wanted = await book(world, atHall)
    const door = await made.doorOf('customer')
    addMeetingProviders([])
    await made.move(nextStart())
    const calls = hall.calls().length
    await work(world)
    expect(hall.calls()).toHaveLength(calls)
    expect((await wanted.room())?.last_error).toBe('hall is not set up here.')
    expect(await made.doorOf('customer')).toBe(door)
    expect(await made.doorOf('consultant')).toBe(door)
    const here = await book(world, atHall)
    expect((await here.find()).meeting).toMatchObject({ provider: 'jitsi' })
    addMeetingProviders([createHallRooms(hall)])
    // Reports of earlier tests that nobody can read.
    await world.db.query('DELETE FROM parley.meeting_events')
    await letTimePass(world)
    const { sweep } = await import('#worker/sweep')
    await sweep(world.payload)
    await settle(world)
    await expectOneHall(made)
    await expectOneHall(wanted)
    expect(await here.room()).toBeUndefined()
  })
})
