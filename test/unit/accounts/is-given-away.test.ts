import { describe, expect, it } from 'vitest'
import { isGivenAway } from '#accounts/is-given-away'

describe('a record of a person', () => {
  it.each([
    ['another login', { user: 'ada' }, { user: 'eve' }, true],
    ['a login, where a guest had none', { user: null }, { user: 'eve' }, true],
    ['the same, as it was read', { user: { id: 'ada' } }, { user: 'ada' }, false],
    ['nobody', { user: 'ada' }, { user: null }, false],
    ['whom nothing is said of', { user: 'ada' }, {}, false],
  ])('is given to %s', (_what, before, after, isGiven) => {
    expect(isGivenAway(before, after)).toBe(isGiven)
  })
})
