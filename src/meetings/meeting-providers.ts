import { openTable, rowsByName } from '#shared/open-table'
import { googleMeet } from './google-meet/google-meet'
import { jitsi } from './jitsi/jitsi'
import type { MeetingProvider } from './meeting-provider'
import { withinLimits } from './within-limits'
import { ownLink } from './own-link/own-link'
import type { RemoteRooms, RoomProvider } from './room-provider'
import { zoom } from './zoom/zoom'

const what = 'meeting provider'

/** Where sessions are held. */
export const meetingProviders = openTable<RoomProvider, MeetingProvider>(
  what,
  rowsByName<RoomProvider>(what, [jitsi, googleMeet, zoom, ownLink]),
)

/** Puts an installation's providers beside the product's. @throws Error when a name is taken, or is not a name. */
export const addMeetingProviders = (added: readonly RoomProvider[]): void =>
  meetingProviders.extend(rowsByName(what, added.map(withinLimits)))

/** The provider of that name, if it is one whose API has to be asked. */
export const remoteProvider = (name: string | null): RemoteRooms | undefined => {
  if (name === null || !meetingProviders.has(name)) return undefined
  const provider = meetingProviders.row(name)
  return provider.room === 'remote' ? provider : undefined
}

/** Whether a provider can be asked here. It is looked at while sessions are booked, so one that throws is one that cannot. */
export const isConnected = (provider: RemoteRooms): boolean => {
  try {
    return provider.isConnected()
  } catch {
    return false
  }
}

/** Those that can be asked for a room here. */
export const connectedProviders = (): MeetingProvider[] =>
  meetingProviders.names().filter((name) => {
    const provider = remoteProvider(name)
    return provider !== undefined && isConnected(provider)
  })
