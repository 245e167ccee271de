/**
 * Where sessions are held. `derived`: the room follows from the booking alone, so it is there with the booking itself.
 * `remote`: the provider's API has to make it, which the worker does once the provider is connected.
 */
export const meetingProviders = {
  jitsi: { label: 'Jitsi', room: 'derived' },
  google_meet: { label: 'Google Meet', room: 'remote' },
  zoom: { label: 'Zoom', room: 'remote' },
  custom: { label: 'Own link', room: 'derived' },
} as const satisfies Record<string, { label: string; room: 'derived' | 'remote' }>

export type MeetingProvider = keyof typeof meetingProviders
