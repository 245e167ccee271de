import { describe, expect, it } from 'vitest'
import { decideReschedule } from '#sessions/decide-reschedule'
import { sessionStateNames } from '#sessions/session-states'
import { everyRole } from '../../support/read-table'

const hour = 3_600_000
const startsAt = Date.UTC(2030, 4, 1, 10)
const session = {
  status: 'scheduled',
  startsAt,
  now: startsAt - 48 * hour,
  role: 'customer',
  timesMoved: 0,
  policy: { untilHoursBefore: 24, maxReschedules: 3 },
} as const

const decide = (change: Partial<Parameters<typeof decideReschedule>[0]>) => decideReschedule({ ...session, ...change })

it.each(sessionStateNames)('moves a session that is %s only if it is scheduled', (status) => {
  for (const role of everyRole) {
    const refusal = decide({ status, role })
    if (status === 'scheduled') expect(refusal).toBeUndefined()
    else {
      expect(refusal?.code).toBe('illegal_transition')
      expect(refusal?.message).toBe(`A session that is ${status.replaceAll('_', ' ')} cannot be moved.`)
    }
  }
})

describe('a customer', () => {
  it('moves it until the very millisecond of the deadline', () => {
    expect(decide({ now: startsAt - 24 * hour })).toBeUndefined()
    const late = decide({ now: startsAt - 24 * hour + 1 })
    expect(late?.code).toBe('outside_policy')
    expect(late?.message).toBe('Sessions can be moved until 24 hours before they start.')
  })

  it('moves it as often as the policy says', () => {
    expect(decide({ timesMoved: 2 })).toBeUndefined()
    expect(decide({ timesMoved: 3 })).toMatchObject({
      code: 'outside_policy',
      message: 'A session can be moved 3 times at most.',
    })
  })

  it('is told that it has begun before anything else', () => {
    expect(decide({ now: startsAt, timesMoved: 9 })?.message).toBe(
      'The session has begun, so it cannot be moved any more.',
    )
  })

  it('never moves it where the policy allows none', () => {
    expect(decide({ policy: { untilHoursBefore: 0, maxReschedules: 0 } })?.code).toBe('outside_policy')
  })
})

describe('a consultant', () => {
  it('is bound by the start alone', () => {
    expect(decide({ role: 'consultant', now: startsAt - 1, timesMoved: 99 })).toBeUndefined()
    expect(decide({ role: 'consultant', now: startsAt })?.code).toBe('outside_policy')
  })
})

it.each(['admin', 'operations', 'system'] as const)('%s is bound by neither', (role) => {
  expect(decide({ role, now: startsAt + hour, timesMoved: 99 })).toBeUndefined()
})
