import { describe, expect, it, vi } from 'vitest'
import { gatherQuestions } from '#database/gather-questions'
import { findLostConnection, noteLostConnection } from '#database/lost-connection'
import { currentOperation, type RunningOperation, runOperation } from '#shared/operation'

const usual = { most: 10, patienceMs: 60_000 }

/** Answers `a` as `A`, when it is let. */
const standIn = ({ most = 10, patienceMs = 60_000 } = {}) => {
  const asked: string[][] = []
  const held: PromiseWithResolvers<undefined>[] = []
  let isHolding = false
  let failing: (questions: readonly string[]) => Error | undefined = () => undefined
  const ask = gatherQuestions(
    async (questions) => {
      asked.push([...questions])
      if (isHolding) {
        const one = Promise.withResolvers<undefined>()
        held.push(one)
        await one.promise
      }
      const error = failing(questions)
      if (error) throw error
      return questions.map((question) => question.toUpperCase())
    },
    { most, patienceMs },
  )
  return {
    ask,
    asked,
    hold: () => (isHolding = true),
    release: (index = 0) => held.splice(index, 1)[0]?.resolve(undefined),
    fail: (how: typeof failing) => (failing = how),
  }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

const lost = (): Error => {
  const error = new Error('gone')
  noteLostConnection(error, 'broken')
  return error
}

describe('questions of one turn', () => {
  it('are asked together, and each gets its own answer', async () => {
    const { ask, asked } = standIn()
    expect(await Promise.all(['a', 'b', 'c'].map(ask))).toEqual(['A', 'B', 'C'])
    expect(asked).toEqual([['a', 'b', 'c']])
  })

  it('are asked once where they are equal', async () => {
    const { ask, asked } = standIn()
    expect(await Promise.all(['a', 'b', 'a', 'a'].map(ask))).toEqual(['A', 'B', 'A', 'A'])
    expect(asked).toEqual([['a', 'b']])
  })

  it('are asked in several, where they are many', async () => {
    const { ask, asked } = standIn({ most: 2 })
    expect(await Promise.all(['a', 'b', 'a', 'c', 'd', 'e'].map(ask))).toEqual(['A', 'B', 'A', 'C', 'D', 'E'])
    expect(asked).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  })
})

describe('a question that comes while others are under way', () => {
  it('is asked anew when they are answered, with all that came meanwhile, also where it is equal to one of them', async () => {
    const { ask, asked, hold, release } = standIn()
    hold()
    const first = ask('a')
    await nextTurn()
    const others = ['a', 'b'].map(ask)
    await nextTurn()
    expect(asked).toEqual([['a']])
    release()
    expect(await first).toBe('A')
    expect(asked).toEqual([['a'], ['a', 'b']])
    release()
    expect(await Promise.all(others)).toEqual(['A', 'B'])
  })

  it('waits for them no longer than that, and those after it no more at all', async () => {
    const { ask, asked, hold, release } = standIn({ patienceMs: 1 })
    hold()
    const slow = ask('slow')
    await nextTurn()
    const second = ask('b')
    await vi.waitFor(() => expect(asked).toEqual([['slow'], ['b']]), { interval: 1 })
    const third = ask('c')
    expect(asked).toHaveLength(2)
    release(1)
    expect(await second).toBe('B')
    expect(asked[2]).toEqual(['c'])
    release(1)
    expect(await third).toBe('C')
    release()
    expect(await slow).toBe('SLOW')
  })

  it('does not wait where there are enough', async () => {
    const { ask, asked, hold, release } = standIn({ most: 2 })
    hold()
    const all = [ask('a')]
    await nextTurn()
    all.push(...['b', 'c', 'd'].map(ask))
    expect(asked).toEqual([['a'], ['b', 'c']])
    for (const _ of asked) release()
    await vi.waitFor(() => expect(asked).toHaveLength(3))
    release()
    expect(await Promise.all(all)).toEqual(['A', 'B', 'C', 'D'])
  })
})

describe('when asking together fails', () => {
  it('each is asked alone, so that only whose fault it is gets it', async () => {
    const { ask, asked, fail } = standIn()
    fail((questions) => (questions.includes('b') ? new Error('b cannot be answered') : undefined))
    const [a, b, c] = await Promise.allSettled(['a', 'b', 'c'].map(ask))
    expect(a).toMatchObject({ value: 'A' })
    expect(b).toMatchObject({ reason: { message: 'b cannot be answered' } })
    expect(c).toMatchObject({ value: 'C' })
    expect(asked).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']])
  })

  it('because the connection was lost, everybody is told so at once, and their operations know', async () => {
    const { ask, asked, fail } = standIn()
    fail(lost)
    const operations: RunningOperation[] = [{ name: 'one' }, { name: 'two' }]
    const answers = await Promise.allSettled(
      operations.map((operation) => runOperation(operation, () => ask(operation.name))),
    )
    expect(answers.map((answer) => answer.status === 'rejected' && findLostConnection(answer.reason))).toEqual([
      'broken',
      'broken',
    ])
    expect(asked).toEqual([['one', 'two']])
    expect(operations.map(({ lostDatabase }) => lostDatabase?.message)).toEqual(['gone', 'gone'])
  })

  it('with too few answers, nobody gets the answer of another', async () => {
    const ask = gatherQuestions((questions) => Promise.resolve(questions.slice(1)), usual)
    const answers = await Promise.allSettled(['a', 'b'].map(ask))
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})

it('what is asked is named by whoever asked first, and everybody goes on as what they were', async () => {
  const names: (string | undefined)[] = []
  const ask = gatherQuestions((questions) => {
    names.push(currentOperation()?.name)
    return Promise.resolve(questions)
  }, usual)
  const operation = (name: string) =>
    runOperation({ name, requestId: name }, async () => {
      await ask(name)
      return currentOperation()?.requestId
    })
  expect(await Promise.all([operation('GET /a'), operation('GET /b')])).toEqual(['GET /a', 'GET /b'])
  expect(names).toEqual(['GET /a'])
})
