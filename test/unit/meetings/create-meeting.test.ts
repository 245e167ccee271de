import { describe, expect, it } from 'vitest'
import { createMeeting, type MeetingRequest } from '#meetings/create-meeting'

const request: MeetingRequest = {
  provider: 'jitsi',
  reference: 'PY-7KQ2M9XB',
  ownUrl: 'https://meet.example.com/ada',
  secret: 'a secret of at least thirty-two characters',
  jitsiBaseUrl: 'https://meet.jit.si/',
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

  it.each(['zoom', 'google_meet'] as const)('falls back to Jitsi as long as %s is not connected', (provider) => {
    expect(createMeeting({ ...request, provider }).provider).toBe('jitsi')
  })
})
