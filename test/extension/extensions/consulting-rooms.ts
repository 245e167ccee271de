import type { DerivedRooms } from '#meetings/room-provider'

/** The practice's own rooms for video, where a conversation stays in the house: who knows the address of a room is let in. */
export const consultingRooms: DerivedRooms = {
  name: 'practice_rooms',
  label: 'Our consulting rooms',
  room: 'derived',
  roomOf: ({ roomName }) => {
    const base = process.env.PRACTICE_ROOMS_URL
    return base ? { meetingId: roomName, joinUrl: `${base}/${roomName}` } : null
  },
}
