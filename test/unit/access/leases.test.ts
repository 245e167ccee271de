import { beforeEach, describe, expect, it } from 'vitest'
import { createLeaseCounter, type LeaseRequest, type LeaseStore } from '#access/leases'

const seconds = 60
let time = 0
let asked: LeaseRequest[][] = []
let failures: unknown[] = []
let isAway = false
const held = new Map<string, { taken: number; endsAt: number }>()

beforeEach(() => {
  time = 0
  asked = []
  failures = []
  isAway = false
  held.clear()
})

/** What PostgreSQL does, with `time` for a clock. */
const store: LeaseStore = async (requests) => {
  asked.push(requests.map((request) => ({ ...request })))
  await Promise.resolve()
  if (isAway) throw new Error('away')
  return requests.map(({ key, points, most }) => {
    const old = held.get(key)
    const row = old && old.endsAt > time ? old : { taken: 0, endsAt: time + seconds * 1_000 }
    const given = Math.min(points, most - row.taken)
    held.set(key, { ...row, taken: row.taken + given })
    return { points: given, isLast: row.taken + given >= most, endsInMs: row.endsAt - time }
  })
}

const openProcess = () =>
  createLeaseCounter(store, { now: () => time, noteFailure: (error) => void failures.push(error) })

type Take = ReturnType<typeof openProcess>
const acceptedOf = async (takes: Promise<number | undefined>[]) =>
  (await Promise.all(takes)).filter((waitMs) => waitMs === undefined).length
const many = (n: number, take: Take, most: number, key = 'k') =>
  Array.from({ length: n }, () => take(key, { most, seconds }))

describe('a limit that several processes count', () => {
  it.each([1, 5, 60, 240, 6_000])('of %d is what they accept together, one after the other', async (most) => {
    const processes = [openProcess(), openProcess()]
    let accepted = 0
    for (let n = 0; n < most * 2; n++) {
      const take = processes[n % 2] ?? processes[0]
      if ((await take?.('k', { most, seconds })) === undefined) accepted++
    }
    expect(accepted).toBe(most)
  })

  it.each([1, 5, 60, 240, 6_000])('of %d is what they accept together, all at once', async (most) => {
    const [one, two] = [openProcess(), openProcess()]
    expect(await acceptedOf([...many(most, one, most), ...many(most, two, most)])).toBe(most)
  })

  it('is asked for in batches, where it has room for many', async () => {
    const take = openProcess()
    for (let n = 0; n < 6_000; n++) await take('k', { most: 6_000, seconds })
    expect(asked).toHaveLength(60)
  })

  it('leaves no more than a sixtieth unused with another process', async () => {
    const [one, two] = [openProcess(), openProcess()]
    await one('k', { most: 6_000, seconds })
    expect(await acceptedOf(many(6_000, two, 6_000))).toBe(5_900)
  })

  it('is told of whoever is refused once in a window, and says when it ends', async () => {
    const take = openProcess()
    await acceptedOf(many(10, take, 5))
    const questions = asked.length
    time = 20_000
    expect(await take('k', { most: 5, seconds })).toBe(40_000)
    expect(asked).toHaveLength(questions)
    time = 60_000
    expect(await take('k', { most: 5, seconds })).toBeUndefined()
  })

  it('is used up by several points at once, in which more than there are left are not given', async () => {
    const processes = [openProcess(), openProcess()]
    const accepted: number[] = []
    for (let n = 0; n < 8; n++) {
      const waitMs = await processes[n % 2]?.('k', { most: 100, seconds, points: 30 })
      if (waitMs === undefined) accepted.push(n)
    }
    expect(accepted).toEqual([0, 1, 2])
    const [take] = processes
    expect(await take?.('other', { most: 10, seconds, points: 1_000 })).toBeUndefined()
    expect(await take?.('other', { most: 10, seconds })).toBe(seconds * 1_000)
  })

  it('does not carry over what was left of a window', async () => {
    const take = openProcess()
    await take('k', { most: 600, seconds })
    time = 60_000
    expect(await acceptedOf(many(1_200, take, 600))).toBe(600)
  })

  it('is asked for together with those of others who come meanwhile', async () => {
    const take = openProcess()
    await Promise.all(Array.from({ length: 101 }, (_, n) => take(`caller ${n}`, { most: 60, seconds })))
    expect(asked.map((requests) => requests.length)).toEqual([1, 100])
  })
})

describe('a process whose store is away', () => {
  it('counts alone, says so once, asks again after a pause, and then counts with the others', async () => {
    const take = openProcess()
    isAway = true
    expect(await acceptedOf(many(12, take, 5))).toBe(5)
    expect(await acceptedOf(many(12, take, 5, 'another'))).toBe(5)
    expect(asked).toHaveLength(1)
    time = 5_000
    expect(await acceptedOf(many(12, take, 5, 'a third'))).toBe(5)
    expect(asked).toHaveLength(2)
    expect(failures).toHaveLength(1)
    isAway = false
    time = 10_000
    held.set('a fourth', { taken: 4, endsAt: 60_000 })
    expect(await acceptedOf(many(12, take, 5, 'a fourth'))).toBe(1)
    isAway = true
    await take('a fifth', { most: 5, seconds })
    expect(failures).toHaveLength(2)
  })
})
