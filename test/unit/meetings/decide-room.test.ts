import { describe, expect, it } from 'vitest'
import { decideRoom, settledBeforeMs } from '#meetings/decide-room'

const now = Date.parse('2026-12-01T10:00:00Z')
const ahead = now + 24 * 3_600_000
const soon = now + settledBeforeMs

type Room = Parameters<typeof decideRoom>[0]['room']
const room = (changes: Partial<Room> = {}): Room => ({
  desiredVersion: 2,
  deliveredVersion: 1,
  meetingId: null,
  tries: 0,
  ...changes,
})

const made = { meetingId: '81234567890' }

describe('what is next for a room at a provider', () => {
  it.each([
    ['nothing while all is delivered', { deliveredVersion: 2 }, 'live', ahead, { do: 'nothing' }],
    ['made for a session that takes place', {}, 'live', ahead, { do: 'create' }],
    ['looked for first after a try that was not answered', { tries: 1 }, 'live', ahead, { do: 'find-or-create' }],
    ['moved when there is one', made, 'live', ahead, { do: 'move', ...made }],
    ['moved at the last moment too', made, 'live', soon, { do: 'move', ...made }],
    ['not made shortly before the start', {}, 'live', soon, { do: 'note' }],
    ['not left behind shortly before the start', { tries: 1 }, 'live', soon, { do: 'find-and-remove' }],
    ['removed with a session that was called off', made, 'called_off', ahead, { do: 'remove', ...made }],
    ['looked for when it may have been made', { tries: 2 }, 'called_off', ahead, { do: 'find-and-remove' }],
    ['nothing to remove', {}, 'called_off', ahead, { do: 'note' }],
    ['kept after the session was held', made, 'held', now - 1, { do: 'note' }],
  ] as const)('is %s', (_name, changes, session, startsAt, expected) => {
    expect(decideRoom({ room: room(changes), session, startsAt, now })).toEqual(expected)
  })
})
