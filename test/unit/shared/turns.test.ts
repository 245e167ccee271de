import { describe, expect, test } from 'vitest'
import { createTurns } from '#shared/turns'

const longMs = 60_000

describe('turns', () => {
  test('are had at once up to the bound, and then in the order in which they were asked for', async () => {
    const turns = createTurns({ waitMs: longMs, mostWaiting: 10 })
    const [first, second] = [await turns.take('a', 2), await turns.take('a', 2)]
    const order: string[] = []
    const third = turns.take('a', 2).then((leave) => (order.push('third'), leave))
    const fourth = turns.take('a', 2).then((leave) => (order.push('fourth'), leave))
    first?.()
    const leaveThird = await third
    expect(order).toEqual(['third'])
    // Given back twice, it is one turn all the same.
    first?.()
    leaveThird?.()
    const leaveFourth = await fourth
    expect(order).toEqual(['third', 'fourth'])
    leaveFourth?.()
    second?.()
    expect(await turns.take('a', 1)).toBeTypeOf('function')
  })

  test('of one key are none of another', async () => {
    const turns = createTurns({ waitMs: 0, mostWaiting: 10 })
    await turns.take('a', 1)
    expect(await turns.take('a', 1)).toBeUndefined()
    expect(await turns.take('b', 1)).toBeTypeOf('function')
  })

  test('are not waited for longer than for a moment', async () => {
    const turns = createTurns({ waitMs: 1, mostWaiting: 10 })
    const leave = await turns.take('a', 1)
    expect(await turns.take('a', 1)).toBeUndefined()
    leave?.()
    expect(await turns.take('a', 1)).toBeTypeOf('function')
  })

  test('are not waited for by too many', async () => {
    const turns = createTurns({ waitMs: longMs, mostWaiting: 1 })
    const leave = await turns.take('a', 1)
    const waiting = turns.take('a', 1)
    expect(await turns.take('a', 1)).toBeUndefined()
    leave?.()
    expect(await waiting).toBeTypeOf('function')
  })
})
