import { type OpenTable, openTable } from '#shared/open-table'
import { googleMeet } from './google-meet/google-meet'
import { jitsi } from './jitsi/jitsi'
import type { MeetingProvider } from './meeting-provider'
import { ownLink } from './own-link/own-link'
import type { RemoteRooms, RoomProvider } from './room-provider'
import { zoom } from './zoom/zoom'

const byName = (providers: readonly RoomProvider[]): Record<string, RoomProvider> => {
  const rows: Record<string, RoomProvider> = {}
  for (const provider of providers) {
    if (Object.hasOwn(rows, provider.name)) throw new Error(`There are two meeting providers "${provider.name}".`)
    rows[provider.name] = provider
  }
  return rows
}

/** Where sessions are held. */
export const meetingProviders: OpenTable<RoomProvider, MeetingProvider> = openTable(
  'meeting provider',
  byName([jitsi, googleMeet, zoom, ownLink]),
)

/** Puts an installation's providers beside the product's. @throws Error when a name is taken, or is not a name. */
export const addMeetingProviders = (added: readonly RoomProvider[]): void => meetingProviders.extend(byName(added))

/** The provider of that name, if it is one whose API has to be asked. */
export const remoteProvider = (name: string | null): RemoteRooms | undefined => {
  if (name === null || !meetingProviders.has(name)) return undefined
  const provider = meetingProviders.row(name)
  return provider.room === 'remote' ? provider : undefined
}

/** Those that can be asked for a room here. */
export const connectedProviders = (): MeetingProvider[] =>
  meetingProviders.names().filter((name) => remoteProvider(name)?.isConnected())

/** Whose rooms come with the entries of a calendar, by the name of the calendar's provider. */
export const providerOfEntries = (calendar: string): MeetingProvider | undefined =>
  meetingProviders.entries().find(([, row]) => row.room === 'calendar-entry' && row.calendar === calendar)?.[0]
