import type { CalendarEntryRooms } from '../room-provider'

export const googleMeet = {
  name: 'google_meet',
  label: 'Google Meet',
  room: 'calendar-entry',
} as const satisfies CalendarEntryRooms
