import { expect, it } from 'vitest'
import { followFreshness } from '#database/replica-freshness'

it('a replica has everything from before the newest moment whose position it has reached', () => {
  const freshness = followFreshness()
  expect(freshness.freshAt()).toBeUndefined()
  freshness.note({ at: 1_000, position: 50n })
  freshness.note({ at: 2_000, position: 60n })
  freshness.reach(49n)
  expect(freshness.freshAt()).toBeUndefined()
  freshness.reach(59n)
  expect(freshness.freshAt()).toBe(1_000)
  freshness.note({ at: 3_000, position: 70n })
  freshness.reach(59n)
  expect(freshness.freshAt()).toBe(1_000)
  freshness.reach(70n)
  expect(freshness.freshAt()).toBe(3_000)
})

it('a primary that writes nothing leaves no replica behind', () => {
  const freshness = followFreshness()
  for (const at of [1_000, 2_000, 3_000]) {
    freshness.note({ at, position: 50n })
    freshness.reach(50n)
    expect(freshness.freshAt()).toBe(at)
  }
})

it('one that was started anew from further back is not as new as it was, nor one that is doubted', () => {
  const freshness = followFreshness()
  freshness.note({ at: 1_000, position: 50n })
  freshness.reach(55n)
  expect(freshness.freshAt()).toBe(1_000)
  freshness.reach(40n)
  expect(freshness.freshAt()).toBeUndefined()
  freshness.note({ at: 2_000, position: 55n })
  freshness.reach(55n)
  expect(freshness.freshAt()).toBe(2_000)
  freshness.doubt()
  expect(freshness.freshAt()).toBeUndefined()
})

it('what was noted long ago is forgotten, and never makes a replica newer than it is', () => {
  const freshness = followFreshness()
  for (let n = 1; n <= 3_000; n++) freshness.note({ at: n, position: BigInt(n) })
  freshness.reach(1_500n)
  expect(freshness.freshAt()).toBeUndefined()
  freshness.reach(2_500n)
  expect(freshness.freshAt()).toBe(2_500)
})
