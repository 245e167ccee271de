import { beforeAll, describe, expect, it } from 'vitest'
import {
  accountOwner,
  book,
  createHost,
  expectNoRoom,
  expectOneRoom,
  type Host,
  nextStart,
  openRoomWorld,
  type RoomWorld,
  settle,
  work,
} from '../../support/room-world'
import { untilSomebodyWaits } from '../../support/until-somebody-waits'

let world: RoomWorld
let host: Host

beforeAll(async () => {
  world = await openRoomWorld()
  host = await createHost(world)
})

const pageOf = async (url: string) => {
  const response = await fetch(url)
  return { status: response.status, text: await response.text() }
}

describe('a session at Zoom', () => {
  it('gets one meeting, in the account of its consultant, with its topic, time and length', async () => {
    const booking = await book(world, host)
    await settle(world)
    const meeting = await expectOneRoom(booking)
    const user = world.zoom.control.users().find(({ email }) => email === host.user.email)
    expect(meeting).toMatchObject({
      hostId: user?.id,
      topic: `${host.serviceType.name} – ${host.profile.name}`,
      type: 2,
      duration: 30,
      timeZone: 'UTC',
      settings: { join_before_host: true, jbh_time: 15, waiting_room: false, auto_recording: 'none' },
    })
    expect(await booking.room()).toMatchObject({ host_user: host.user.email })
    expect((await booking.find()).meeting).toMatchObject({
      provider: 'zoom',
      meetingId: expect.any(String),
      joinUrl: expect.any(String),
    })
  })

  it('is in the rooms of the account when its consultant has none there', async () => {
    const stranger = await createHost(world, { isZoomUser: false })
    const booking = await book(world, stranger)
    await work(world)
    const owner = world.zoom.control.users().find(({ email }) => email === accountOwner)
    expect(await expectOneRoom(booking)).toMatchObject({ hostId: owner?.id })
    expect(await booking.room()).toMatchObject({ host_user: 'me' })
  })

  it('has a room before Zoom has made one, under links that stay the same', async () => {
    const booking = await book(world, host)
    const links = { customer: await booking.linkOf('customer'), consultant: await booking.linkOf('consultant') }
    expect(links.customer).not.toBe(links.consultant)
    for (const side of ['customer', 'consultant'] as const) {
      expect(await booking.doorOf(side)).toMatch(/^https:\/\/meet\.jit\.si\/parley-/)
    }
    await work(world)
    for (const side of ['customer', 'consultant'] as const) expect(await booking.linkOf(side)).toBe(links[side])
    const { id } = await expectOneRoom(booking)
    const [guests, hosts] = [await booking.doorOf('customer'), await booking.doorOf('consultant')]
    expect(guests).toBe(`${world.zoom.url}/j/${id}?pwd=${world.zoom.control.passcodeOf(id)}`)
    expect(hosts).toContain(`${world.zoom.url}/s/${id}?zak=`)
    expect((await pageOf(guests)).text).toContain('Join')
    expect((await pageOf(hosts)).text).toContain('Start')
  })

  it('lets its consultant in like everybody when Zoom does not say how its host enters', async () => {
    const booking = await book(world, host)
    await work(world)
    world.zoom.control.failNext({ kind: 'server_error', operation: 'meetings.get' })
    expect(await booking.doorOf('consultant')).toContain(`${world.zoom.url}/j/`)
    expect(await booking.doorOf('consultant')).toContain(`${world.zoom.url}/s/`)
  })

  it('never shows the address for hosts to its customer', async () => {
    const booking = await book(world, host)
    await work(world)
    await booking.doorOf('consultant')
    expect((await booking.find()).meeting?.hostUrl).toBeNull()
  })

  it('moves with it, and stays the same meeting', async () => {
    const booking = await book(world, host)
    await work(world)
    const { id } = await expectOneRoom(booking)
    const link = await booking.linkOf('customer')
    await booking.move(nextStart())
    await booking.move(nextStart())
    await work(world)
    expect(await expectOneRoom(booking)).toMatchObject({ id, duration: 30 })
    expect(await booking.linkOf('customer')).toBe(link)
  })

  it('is made where the session is by then', async () => {
    const booking = await book(world, host)
    await booking.move(nextStart())
    await work(world)
    await expectOneRoom(booking)
    expect(world.zoom.control.calls('meetings.update').filter(({ fault }) => fault !== null)).toEqual([])
  })

  it.each([
    ['after it was made', true],
    ['before it was made', false],
  ])('is removed when the session is cancelled %s', async (_when, isMade) => {
    const booking = await book(world, host)
    if (isMade) await work(world)
    expect(booking.meetings()).toHaveLength(isMade ? 1 : 0)
    await booking.cancel()
    world.zoom.control.forgetCalls()
    await work(world)
    await expectNoRoom(booking)
    expect(world.zoom.control.calls().map(({ operation }) => operation)).toEqual(isMade ? ['meetings.delete'] : [])
  })

  it('is not asked for again by the sweep, or by a second job', async () => {
    const booking = await book(world, host)
    await work(world)
    world.zoom.control.forgetCalls()
    const { settleRoom } = await import('#sessions/rooms/settle-room')
    await settleRoom(world.payload, booking.id)
    expect(world.zoom.control.calls()).toEqual([])
    await expectOneRoom(booking)
  })

  it('is not made shortly before the start, when people may be in its first room', async () => {
    const booking = await book(world, host)
    await booking.startsIn(14)
    await settle(world)
    expect(booking.meetings()).toEqual([])
    expect(await booking.doorOf('customer')).toMatch(/^https:\/\/meet\.jit\.si\//)
  })
})

describe('a session that is not certain', () => {
  it('gets its meeting with the payment, not before', async () => {
    const paid = await createHost(world, {
      isFree: false,
      prices: [{ durationMinutes: 30, amount: 3_000, currency: 'GBP' }],
    })
    const booking = await book(world, paid)
    world.zoom.control.forgetCalls()
    await settle(world)
    expect(world.zoom.control.calls()).toEqual([])
    await booking.pay()
    await settle(world)
    expect((await booking.find()).status).toBe('scheduled')
    await expectOneRoom(booking)
  })

  it('gets none when it is given up', async () => {
    const paid = await createHost(world, {
      isFree: false,
      prices: [{ durationMinutes: 30, amount: 3_000, currency: 'GBP' }],
    })
    const booking = await book(world, paid)
    world.zoom.control.forgetCalls()
    await booking.cancel()
    await settle(world)
    await expectNoRoom(booking)
    expect(world.zoom.control.calls()).toEqual([])
  })

  it('gets its meeting with the yes of the consultant', async () => {
    const asked = await createHost(world, { requiresConfirmation: true })
    const booking = await book(world, asked)
    await settle(world)
    expect(booking.meetings()).toEqual([])
    const confirmed = await asked.api.post(`/booking/sessions/${booking.reference}/confirm`)
    expect(confirmed.status, confirmed.text).toBe(200)
    await settle(world)
    await expectOneRoom(booking)
  })
})

describe('a session that Zoom refuses a meeting', () => {
  it('is held in its first room, and Zoom is asked again only when something changes', async () => {
    const booking = await book(world, host)
    const before = await booking.doorOf('customer')
    world.zoom.control.failNext({ kind: 'missing_scope', operation: 'meetings.create' })
    await settle(world)
    expect(booking.meetings()).toEqual([])
    expect(await booking.doorOf('customer')).toBe(before)
    expect(await booking.doorOf('consultant')).toBe(before)
    expect((await booking.room())?.last_error).toContain('does not contain scopes')
    world.zoom.control.forgetCalls()
    await settle(world)
    expect(world.zoom.control.calls()).toEqual([])
    await booking.move(nextStart())
    await settle(world)
    await expectOneRoom(booking)
  })
})

describe('a session that is saved by somebody who read it before its room was made', () => {
  const path = (id: string) => `/scheduled-sessions/${id}`
  const asStaff = () => world.staff

  it.each([
    ['staff', asStaff],
    ['its consultant', () => host.api],
  ])('%s: has the room that Zoom made all the same', async (_who, client) => {
    const booking = await book(world, host)
    const form = await client().get(`${path(booking.id)}?depth=0`)
    expect(form.json.meeting.joinUrl).toContain('meet.jit.si')
    await settle(world)
    // The admin sends the whole document.
    const saved = await client().patch(path(booking.id), { ...form.json, consultantNotes: 'Bring the contract.' })
    expect(saved.status, saved.text).toBe(200)
    await expectOneRoom(booking)
    expect((await booking.find()).consultantNotes).toBe('Bring the contract.')
    expect(await booking.doorOf('customer')).toContain(world.zoom.url)
  })

  /** Saves a note while another transaction has changed the session and is about to commit. */
  const saveDuring = async (id: string, change: string, { as = path(id) } = {}) => {
    await world.db.query('BEGIN')
    await world.db.query(`UPDATE scheduled_sessions SET ${change} WHERE id = $1`, [id])
    const saving = world.staff.patch(as, { internalNotes: 'VIP' })
    await untilSomebodyWaits(world.db)
    await world.db.query('COMMIT')
    return saving
  }

  it('has what was written while it was being saved', async () => {
    const booking = await book(world, host)
    const url = 'https://zoom.example/j/1'
    const saved = await saveDuring(booking.id, `meeting_join_url = '${url}', attendance_customer_joined_at = now()`)
    expect(saved.status, saved.text).toBe(200)
    expect(await booking.find()).toMatchObject({
      internalNotes: 'VIP',
      meeting: { joinUrl: url },
      attendance: { customerJoinedAt: expect.any(String) },
    })
  })

  it('stays cancelled when it was cancelled while it was being saved', async () => {
    const booking = await book(world, host)
    const saved = await saveDuring(booking.id, `status = 'cancelled_by_operations'`)
    expect(saved.status, saved.text).toBe(200)
    expect(await booking.find()).toMatchObject({ status: 'cancelled_by_operations', internalNotes: 'VIP' })
  })

  it('stays cancelled as well when it was saved with many others', async () => {
    const booking = await book(world, host)
    const saved = await saveDuring(booking.id, `status = 'cancelled_by_operations'`, {
      as: `/scheduled-sessions?where[id][in]=${booking.id}`,
    })
    expect(saved.json.errors, saved.text).toEqual([])
    expect(await booking.find()).toMatchObject({ status: 'cancelled_by_operations', internalNotes: 'VIP' })
  })

  it('is held where its host says, in rooms that no provider makes', async () => {
    const own = await createHost(world, { meetingProvider: 'jitsi' })
    const booking = await book(world, own)
    await settle(world)
    const saved = await own.api.patch(path(booking.id), { meeting: { joinUrl: 'https://meet.example.com/own' } })
    expect(saved.status, saved.text).toBe(200)
    expect(await booking.doorOf('customer')).toBe('https://meet.example.com/own')
  })
})
