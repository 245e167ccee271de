import { settings } from '#settings'
import type { DerivedRooms, RoomAddress } from '../room-provider'

/** Its rooms are there for whoever knows their name, and Jitsi does not tell capital letters from small ones. */
export const jitsi = {
  name: 'jitsi',
  label: 'Jitsi',
  room: 'derived',
  roomOf: ({ roomName }): RoomAddress => ({ meetingId: roomName, joinUrl: `${settings.jitsiBaseUrl}/${roomName}` }),
} as const satisfies DerivedRooms
