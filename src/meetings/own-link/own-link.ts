import type { DerivedRooms } from '../room-provider'

/** The consultant's own fixed room, the same for all of their sessions. */
export const ownLink = {
  name: 'custom',
  label: { en: 'Own link', de: 'Eigener Link' },
  room: 'derived',
  roomOf: ({ reference, ownUrl }) =>
    ownUrl && URL.canParse(ownUrl) ? { meetingId: reference, joinUrl: new URL(ownUrl).href } : null,
} as const satisfies DerivedRooms
