import { describe, expect, it } from 'vitest'
import { computeBackoffMs } from '#calendar/connections/compute-backoff'
import { computeDifference } from '#calendar/differences/compute-difference'
import { decideNextStep, type EntryFacts } from '#calendar/entries/decide-next-step'
import type { GoogleEvent } from '#calendar/google/calendar-api'
import { computeExternalEvent } from '#calendar/google/compute-external-event'
import { outcomeOf, reasonOf } from '#calendar/google/google-error'
import { sessionStateNames } from '#sessions/session-states'

const now = Date.UTC(2026, 11, 1)
const facts = (more: Partial<EntryFacts> = {}): EntryFacts => ({
  desiredVersion: 2,
  deliveredVersion: 1,
  wasAttempted: true,
  calendarId: 'primary',
  targetCalendarId: 'primary',
  sessionStatus: 'scheduled',
  endsAt: now + 3_600_000,
  conference: null,
  now,
  ...more,
})

describe('the next step for an entry', () => {
  it.each<[string, Partial<EntryFacts>, string]>([
    ['all is delivered', { deliveredVersion: 2 }, 'nothing'],
    ['its room is being made', { deliveredVersion: 2, conference: 'pending' }, 'look-for-room'],
    ['it was never sent', { wasAttempted: false, calendarId: null }, 'insert'],
    ['it may be there', {}, 'write'],
    ['it was cancelled', { sessionStatus: 'cancelled_by_user' }, 'remove'],
    ['it was cancelled before it was sent', { sessionStatus: 'declined', wasAttempted: false }, 'note'],
    ['another calendar is written to', { targetCalendarId: 'work' }, 'remove'],
    ['no calendar is written to', { targetCalendarId: null }, 'remove'],
    ['it is over and was never sent', { wasAttempted: false, endsAt: now - 1 }, 'note'],
  ])('%s', (_, more, step) => {
    expect(decideNextStep(facts(more))).toBe(step)
  })

  it('knows every state of a session', () => {
    const removed = sessionStateNames.filter((sessionStatus) => decideNextStep(facts({ sessionStatus })) === 'remove')
    expect(removed).toEqual([
      'pending_payment',
      'pending_confirmation',
      'cancelled_by_user',
      'cancelled_by_consultant',
      'cancelled_by_operations',
      'declined',
      'expired',
    ])
  })
})

describe('what a person did to an entry', () => {
  const wanted = { sessionId: 's', startsAt: now, endsAt: now + 1_800_000 }
  const entry = {
    id: 'entry',
    extendedProperties: { private: { parleySession: 's' } },
    start: { dateTime: '2026-12-01T01:00:00+01:00' },
    end: { dateTime: '2026-12-01T00:30:00Z' },
  }
  const compared = (more: GoogleEvent) =>
    computeDifference(computeExternalEvent({ ...entry, ...more, id: entry.id }), wanted)

  it('is nothing when it stands where it should, whatever it is called now', () => {
    expect(compared({ summary: 'Mine' })).toEqual({ is: 'same' })
  })
  it('is a move, also to a whole day', () => {
    const end = { dateTime: '2026-12-01T00:45:00Z' }
    expect(compared({ end })).toMatchObject({ is: 'moved', times: { end: now + 2_700_000 } })
    const day = { start: { date: '2026-12-01' }, end: { date: '2026-12-02' } }
    expect(compared(day)).toEqual({ is: 'moved', times: null })
  })
  it('is a removal when it is cancelled, gone, or somebody else’s', () => {
    expect(computeDifference(null, wanted)).toEqual({ is: 'deleted' })
    expect(compared({ status: 'cancelled' })).toEqual({ is: 'deleted' })
    expect(compared({ extendedProperties: {} })).toEqual({ is: 'deleted' })
  })
})

describe('errors of Google', () => {
  it('say whether the call may have been carried out', () => {
    expect(outcomeOf(undefined, undefined)).toBe('unknown')
    expect(outcomeOf(500, undefined)).toBe('unknown')
    expect(outcomeOf(429, undefined)).toBe('retry')
    expect(outcomeOf(403, 'userRateLimitExceeded')).toBe('retry')
    expect(outcomeOf(403, 'forbidden')).toBe('forbidden')
    expect(outcomeOf(400, 'badRequest')).toBe('refused')
    expect(outcomeOf(400, 'invalid_grant')).toBe('needs_reauth')
    expect(outcomeOf(412, 'conditionNotMet')).toBe('changed')
    expect(outcomeOf(409, 'duplicate')).toBe('id_taken')
    expect(reasonOf({ error: { errors: [{ reason: 'conditionNotMet' }] } })).toBe('conditionNotMet')
    expect(reasonOf({ error: 'invalid_grant' })).toBe('invalid_grant')
    expect(reasonOf('<html>')).toBeUndefined()
  })

  it('are waited out longer with each failure, and at least as long as Google asks', () => {
    expect(computeBackoffMs(1, undefined, 0)).toBe(1_000)
    expect(computeBackoffMs(1, undefined, 1)).toBe(2_000)
    expect(computeBackoffMs(50, undefined, 1)).toBe(900_000)
    expect(computeBackoffMs(1, 30, 0)).toBe(30_000)
  })
})
