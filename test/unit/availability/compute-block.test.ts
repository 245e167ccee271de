import { expect, it } from 'vitest'
import { computeBlock } from '#availability/blocks/compute-block'

const now = Date.UTC(2030, 0, 1, 12)
const compute = (startsAt: string | undefined, endsAt: string | undefined) => computeBlock({ startsAt, endsAt }, now)
const faultOf = (startsAt: string | undefined, endsAt: string | undefined) => {
  const computed = compute(startsAt, endsAt)
  return 'faults' in computed ? computed.faults : []
}

it('widens to whole minutes, so that seconds leave no gap', () => {
  expect(compute('2030-01-02T10:00:59.999Z', '2030-01-02T11:00:00.001Z')).toEqual({
    block: { start: Date.UTC(2030, 0, 2, 10), end: Date.UTC(2030, 0, 2, 11, 1) },
  })
  expect(compute('2030-01-02T10:00:00+01:00', '2030-01-02T10:00:00Z')).toEqual({
    block: { start: Date.UTC(2030, 0, 2, 9), end: Date.UTC(2030, 0, 2, 10) },
  })
})

it('may have begun already', () => {
  expect(faultOf('2029-12-31T00:00:00Z', '2030-01-02T00:00:00Z')).toEqual([])
})

it.each([
  ['nothing', undefined, undefined, ['startsAt', 'endsAt']],
  ['no end', '2030-01-02T10:00:00Z', undefined, ['endsAt']],
  ['what is no time', 'soon', '2030-01-02T10:00:00Z', ['startsAt']],
  ['an end before the start', '2030-01-02T10:00:00Z', '2030-01-02T09:00:00Z', ['endsAt']],
  ['the past', '2029-12-31T10:00:00Z', '2030-01-01T12:00:00Z', ['endsAt']],
  ['more than 366 days', '2030-01-02T00:00:00Z', '2031-01-03T00:01:00Z', ['endsAt']],
])('refuses %s', (_what, startsAt, endsAt, paths) => {
  expect(faultOf(startsAt, endsAt).map(({ path }) => path)).toEqual(paths)
})

it('takes 366 days', () => {
  expect(faultOf('2030-01-02T00:00:00Z', '2031-01-03T00:00:00Z')).toEqual([])
})
