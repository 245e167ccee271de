import { afterEach, describe, expect, it } from 'vitest'
import { addMeetingProviders, connectedProviders, meetingProviders, remoteProvider } from '#meetings/meeting-providers'
import type { RemoteRooms } from '#meetings/room-provider'
import { createHallRooms } from '../../support/hall-rooms'

afterEach(() => addMeetingProviders([]))

const hall = (url: string | undefined): RemoteRooms => createHallRooms({ url, key: 'none' })

describe('the providers of rooms', () => {
  it('are those of the product and those that an installation adds, in that order', () => {
    addMeetingProviders([hall(undefined)])
    expect(meetingProviders.names()).toEqual(['jitsi', 'google_meet', 'zoom', 'custom', 'hall'])
    expect(remoteProvider('hall')?.label).toBe('The Hall')
    addMeetingProviders([])
    expect(remoteProvider('hall')).toBeUndefined()
  })

  it('are asked for rooms where their API is set up', () => {
    addMeetingProviders([hall(undefined)])
    expect(connectedProviders()).toEqual([])
    addMeetingProviders([hall('https://hall.example')])
    expect(connectedProviders()).toEqual(['hall'])
    const throwing = () => {
      throw new Error('no key')
    }
    addMeetingProviders([{ ...hall('https://hall.example'), isConnected: throwing }])
    expect(connectedProviders()).toEqual([])
    addMeetingProviders([hall('https://hall.example')])
    expect([remoteProvider('jitsi'), remoteProvider('google_meet'), remoteProvider(null)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})
