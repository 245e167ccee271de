import { beforeAll, describe, expect, it, vi } from 'vitest'
import { Crashed, killedAfter, plantDatabaseSteps, withSteps } from '../../support/crash'
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
} from '../../support/room-world'

let world: RoomWorld
let host: Host
let settleRoom: (sessionId: string) => Promise<void>

beforeAll(async () => {
  world = await openRoomWorld()
  host = await createHost(world)
  const { settleRoom: settleOne } = await import('#sessions/rooms/settle-room')
  settleRoom = (sessionId) => settleOne(world.payload, sessionId)
  plantDatabaseSteps(world.payload)
  vi.stubGlobal('fetch', withSteps(globalThis.fetch))
})

/** Kills the worker after so many steps. @returns whether it was still at it. */
const killAt = async (steps: number, { id }: Booking): Promise<boolean> => {
  try {
    await killedAfter(steps, () => settleRoom(id))
    return false
  } catch (error) {
    if (error instanceof Crashed) return true
    throw error
  }
}

/** Another worker takes over when the claim of the dead one is over. */
const takeOver = async ({ id }: Booking): Promise<void> => {
  await letTimePass(world)
  await settleRoom(id)
}

describe('a worker that is killed between any two steps', () => {
  it('leaves a meeting that is made once, moved and removed by the next one', async () => {
    let kills = 0
    for (let steps = 1, isAlive = true; isAlive; steps++) {
      const booking = await book(world, host)
      isAlive = await killAt(steps, booking)
      await takeOver(booking)
      await expectOneRoom(booking, `made, killed after ${steps} steps`)
      await booking.move(nextStart())
      const isMoving = await killAt(steps, booking)
      await takeOver(booking)
      await expectOneRoom(booking, `moved, killed after ${steps} steps`)
      await booking.cancel()
      const isRemoving = await killAt(steps, booking)
      await takeOver(booking)
      await expectNoRoom(booking, `removed, killed after ${steps} steps`)
      kills += [isAlive, isMoving, isRemoving].filter(Boolean).length
    }
    expect(kills).toBeGreaterThan(40)
  })

  it('while it makes a meeting of a session that is moved or cancelled before the next one comes', async () => {
    for (let steps = 1, isAlive = true; isAlive; steps++) {
      const [moved, cancelled] = [await book(world, host), await book(world, host)]
      isAlive = await killAt(steps, moved)
      await killAt(steps, cancelled)
      await moved.move(nextStart())
      await cancelled.cancel()
      await takeOver(moved)
      await takeOver(cancelled)
      await expectOneRoom(moved, `moved after ${steps} steps`)
      await expectNoRoom(cancelled, `cancelled after ${steps} steps`)
    }
  })
})
