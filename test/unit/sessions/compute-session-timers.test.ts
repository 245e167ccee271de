import { describe, expect, it } from 'vitest'
import { sessionStateNames } from '#sessions/session-states'
import { computeSessionTimers } from '#sessions/messages/compute-session-timers'
import { decideReminder } from '#sessions/messages/decide-reminder'

const minute = 60_000
const startsAt = Date.UTC(2026, 11, 1, 9)
const endsAt = startsAt + 30 * minute
const settings = { dayBeforeMinutes: 1_440, hourBeforeMinutes: 60, completionGraceMinutes: 30 }
const session = { id: 's', status: 'scheduled', startsAt, endsAt } as const

const timers = (now: number, changes: Partial<typeof settings> = {}) => {
  const { set, cancel } = computeSessionTimers(session, { ...settings, ...changes }, now)
  return { set: set.map(({ key, runAt }) => [key, runAt?.getTime()]), cancel }
}

const day = ['remind-session:s:day', startsAt - 1_440 * minute]
const hour = ['remind-session:s:hour', startsAt - 60 * minute]
const completion = ['complete-session:s', endsAt + 30 * minute]

describe('computeSessionTimers', () => {
  it('sets both reminders and the completion', () => {
    expect(timers(startsAt - 2_000 * minute)).toEqual({ set: [day, hour, completion], cancel: [] })
  })

  it('does not make up for a reminder whose moment is over', () => {
    expect(timers(startsAt - 1_440 * minute)).toEqual({ set: [hour, completion], cancel: [day[0]] })
    expect(timers(startsAt - minute)).toEqual({ set: [completion], cancel: [day[0], hour[0]] })
  })

  it('knows reminders that are switched off', () => {
    expect(timers(0, { dayBeforeMinutes: 0 })).toEqual({ set: [hour, completion], cancel: [day[0]] })
  })

  it.each(sessionStateNames)('lets nothing wait for a session that is %s and does not need it', (status) => {
    const { set } = computeSessionTimers({ ...session, status }, settings, 0)
    const expected = { scheduled: 3, in_progress: 1 }[status as string] ?? 0
    expect(set).toHaveLength(expected)
  })
})

describe('decideReminder', () => {
  const decide = (offset: 'day' | 'hour', now: number, changes: Partial<{ status: 'in_progress' }> = {}) =>
    decideReminder({ session: { ...session, ...changes }, offset, settings, now })

  it.each([
    ['day', 1_440, true],
    ['day', 1_442, false],
    ['day', 61, true],
    ['day', 60, false],
    ['hour', 60, true],
    ['hour', 62, false],
    ['hour', 1, true],
    ['hour', 0, false],
    ['hour', -1, false],
  ] as const)('%s, %d minutes before the start: %s', (offset, minutes, due) => {
    expect(decide(offset, startsAt - minutes * minute)).toBe(due)
  })

  it('reminds of nothing that is not scheduled', () => {
    expect(decide('hour', startsAt - 30 * minute, { status: 'in_progress' })).toBe(false)
  })
})
