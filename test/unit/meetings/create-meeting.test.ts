import { afterEach, describe, expect, it } from 'vitest'
import { createMeeting, type MeetingRequest } from '#meetings/create-meeting'
import { addMeetingProviders } from '#meetings/meeting-providers'
import type { RoomProvider } from '#meetings/room-provider'

const request: MeetingRequest = {
  provider: 'jitsi',
  reference: 'PY-7KQ2M9XB',
  ownUrl: 'https://meet.example.com/ada',
  secret: 'a secret of at least thirty-two characters',
}

describe('createMeeting', () => {
  it('derives an unguessable Jitsi room that does not depend on the case of letters', () => {
    const meeting = createMeeting(request)
    expect(meeting).toMatchObject({ provider: 'jitsi', hostUrl: null })
    expect(meeting.meetingId).toMatch(/^parley-[0-9a-f]{40}$/)
    expect(meeting.joinUrl).toBe(`https://meet.jit.si/${meeting.meetingId}`)
  })

  it('gives the same session the same room, another session or another secret another one', () => {
    expect(createMeeting(request)).toEqual(createMeeting(request))
    expect(createMeeting({ ...request, reference: 'PY-7KQ2M9XC' }).meetingId).not.toBe(createMeeting(request).meetingId)
    expect(createMeeting({ ...request, secret: 'b' }).meetingId).not.toBe(createMeeting(request).meetingId)
  })

  it('takes the consultant’s own link, under an id of its own for every session', () => {
    expect(createMeeting({ ...request, provider: 'custom' })).toEqual({
      provider: 'custom',
      meetingId: 'PY-7KQ2M9XB',
      joinUrl: 'https://meet.example.com/ada',
      hostUrl: null,
    })
  })

  it.each([null, '', 'meet.example.com/ada', 'javascript:alert(1)'])(
    'falls back to Jitsi where the own link is %j',
    (ownUrl) => {
      expect(createMeeting({ ...request, provider: 'custom', ownUrl }).provider).toBe('jitsi')
    },
  )

  it.each(['zoom', 'google_meet'] as const)('is at Jitsi until %s has made another', (provider) => {
    expect(createMeeting({ ...request, provider }).provider).toBe('jitsi')
  })

  describe('of a provider that an installation adds', () => {
    afterEach(() => addMeetingProviders([]))

    /** The name is one of an extension, which the product's own types do not know. */
    const provider = 'village' as MeetingRequest['provider']
    const village: RoomProvider = {
      name: provider,
      label: 'Village hall',
      room: 'derived',
      roomOf: ({ roomName, ownUrl }) =>
        ownUrl ? { meetingId: roomName, joinUrl: `https://village.example/${roomName}` } : null,
    }

    it('is there, under the same unguessable name as at Jitsi', () => {
      addMeetingProviders([village])
      const { meetingId } = createMeeting(request)
      expect(createMeeting({ ...request, provider })).toEqual({
        provider,
        meetingId,
        joinUrl: `https://village.example/${meetingId}`,
        hostUrl: null,
      })
    })

    it('is at Jitsi where the provider gives none, and when its extension is gone', () => {
      addMeetingProviders([village])
      expect(createMeeting({ ...request, provider, ownUrl: null }).provider).toBe('jitsi')
      addMeetingProviders([])
      expect(createMeeting({ ...request, provider }).provider).toBe('jitsi')
    })

    it('is at Jitsi where what the provider gives is no page of the web', () => {
      addMeetingProviders([{ ...village, roomOf: () => ({ meetingId: 'x', joinUrl: 'javascript:alert(1)' }) }])
      expect(createMeeting({ ...request, provider }).provider).toBe('jitsi')
    })

    it.each([
      ['of an id that cannot be stored', () => ({ meetingId: 'x'.repeat(201), joinUrl: 'https://village.example/x' })],
      [
        'of an address without end',
        () => ({ meetingId: 'x', joinUrl: `https://village.example/${'x'.repeat(3_000)}` }),
      ],
      [
        'that throws',
        () => {
          throw new Error('no key')
        },
      ],
    ])('is at Jitsi where the provider gives one %s', (what, roomOf) => {
      addMeetingProviders([{ ...village, roomOf }])
      const faults: unknown[] = []
      const logger = { error: (fault: unknown) => void faults.push(fault) } as MeetingRequest['logger']
      expect(createMeeting({ ...request, provider, logger }).provider).toBe('jitsi')
      expect(faults).toHaveLength(what === 'that throws' ? 1 : 0)
    })

    it('has a name of its own', () => {
      expect(() => addMeetingProviders([village, village])).toThrow(
        'There are two rows "village": each meeting provider needs a name of its own.',
      )
      expect(() => addMeetingProviders([{ ...village, name: 'zoom' }])).toThrow(
        'There is a meeting provider "zoom" already; choose another name.',
      )
    })
  })
})
