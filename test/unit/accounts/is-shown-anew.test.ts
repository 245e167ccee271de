import { describe, expect, it } from 'vitest'
import { isShownAnew } from '#accounts/openid/is-shown-anew'

const since = Date.UTC(2026, 11, 1, 12)

describe('whether a provider has asked somebody again', () => {
  it.each([
    ['since they were sent there', since + 30_000, true],
    ['by a clock that is behind', since - 60_000, true],
    ['before they were sent there', since - 61_000, false],
    ['when nobody says', null, false],
  ])('is known: %s', (_what, shownAt, isAnew) => {
    expect(isShownAnew({ shownAt }, since)).toBe(isAnew)
  })
})
