import { describe, expect, it } from 'vitest'
import { computeClaimBounds } from '#availability/bounds/compute-claim-bounds'
import { type ClaimedTime, decideTimeClaim } from '#availability/bounds/decide-time-claim'

const hour = 3_600_000

describe('the bounds of claims', () => {
  it('are a share of the open time, and never less than ten times or half of it', () => {
    const settings = { callerTimes: 200, callerShare: 5, inboxTimes: 30, strangersShare: 50 }
    const of = (openHours: number) => computeClaimBounds(settings, { openMs: openHours * hour, lengthMs: hour / 2 })
    expect(of(420)).toMatchObject({ ownMs: 21 * hour, strangersMs: 210 * hour })
    expect(of(40)).toMatchObject({ ownMs: 5 * hour, strangersMs: 20 * hour })
    expect(of(4)).toMatchObject({ ownMs: 2 * hour, strangersMs: 2 * hour })
    // Whoever offers one single time wants it to be booked.
    expect(of(0.5)).toMatchObject({ ownMs: hour / 2, strangersMs: hour / 2 })
  })
})

describe('one more time', () => {
  const nothing: ClaimedTime = { callerTimes: 0, callerMs: 0, inboxTimes: 0, inboxMs: 0, strangersMs: 0 }
  const bounds = { callerTimes: 8, ownMs: 100 * hour, inboxTimes: 4, strangersMs: 20 * hour }
  const everything = { hasCaller: true, hasInbox: true, isStranger: true }
  const decide = (claimed: Partial<ClaimedTime>, asked = everything, own = bounds) =>
    decideTimeClaim({ claimed: { ...nothing, ...claimed }, bounds: own, lengthMs: hour, asked })

  it.each([
    [{ callerTimes: 5 }, 'fine'],
    [{ callerTimes: 6 }, 'near'],
    [{ callerTimes: 7 }, 'near'],
    [{ callerTimes: 8 }, 'caller'],
    [{ callerMs: 74 * hour }, 'fine'],
    [{ callerMs: 75 * hour }, 'near'],
    [{ callerMs: 99.5 * hour }, 'caller'],
    [{ inboxTimes: 2 }, 'fine'],
    [{ inboxTimes: 3 }, 'near'],
    [{ inboxTimes: 4 }, 'inbox'],
    [{ strangersMs: 14 * hour }, 'fine'],
    [{ strangersMs: 15 * hour }, 'near'],
    [{ strangersMs: 20 * hour }, 'strangers'],
  ] as const)('after %j is %s', (claimed, expected) => {
    const decision = decide(claimed)
    expect('reason' in decision ? decision.reason : decision.outcome).toBe(expected)
  })

  it('counts nothing against whoever it does not concern', () => {
    const full = { callerTimes: 99, callerMs: 999 * hour, inboxTimes: 99, inboxMs: 999 * hour, strangersMs: 999 * hour }
    expect(decide(full, { hasCaller: false, hasInbox: false, isStranger: false })).toEqual({ outcome: 'fine' })
    expect(decide(full, { ...everything, hasCaller: false, hasInbox: false })).toMatchObject({ reason: 'strangers' })
  })

  it('is never near a bound as the first', () => {
    expect(decide({}, everything, { callerTimes: 1, ownMs: hour, inboxTimes: 1, strangersMs: hour })).toEqual({
      outcome: 'fine',
    })
  })
})
