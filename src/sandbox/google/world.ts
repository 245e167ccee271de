import { randomBytes } from 'node:crypto'
import { createSandboxWorld, nowOf, type SandboxWorld } from '../shared/sandbox-world'
import type { GoogleFault } from './faults'
import type { GoogleRecords, StoredChannel, StoredEvent } from './records'

export { nowOf }

/** A mail that Google would have sent to a guest. */
export type SentInvitation = {
  calendarId: string
  eventId: string
  to: string
  about: 'created' | 'changed' | 'cancelled'
}

/** The sandbox while it runs: what it knows, its clock and its knobs. One for each running sandbox. */
export type World = SandboxWorld<GoogleRecords, GoogleFault> & {
  client: { id: string; secret: string; redirectUris: readonly string[] | undefined }
  invitations: SentInvitation[]
  /** Events by calendar and id, which the store does not keep apart. */
  eventsByCalendar: Map<string, Map<string, StoredEvent>>
  /** Ids of the changed occurrences of a series, by calendar and id of the series. */
  exceptionsBySeries: Map<string, Set<string>>
  /** Keys of the events whose conference is being made. */
  pendingConferences: Set<string>
  /** The number of the latest change. */
  lastChange: number
  /** The number of the latest event. */
  lastEvent: number
  knobs: {
    /** How long an access token is good, ms. */
    accessTokenLifetime: number
    /** Whether every refresh brings a new refresh token and ends the old one. */
    rotatesRefreshTokens: boolean
    /** The most entries a page of a list has, whatever was asked for. */
    pageLimit: number
    /** What becomes of the next conferences, the first entry first. */
    nextConferences: ('pending' | 'failure')[]
  }
  /** Set by the notifier. */
  onChange: (calendarId: string) => void
  /** Set by the notifier. */
  onChannel: (channel: StoredChannel) => void
}

export const createWorld = (options: Pick<World, 'store' | 'url' | 'client'>): World => {
  const world: World = {
    ...createSandboxWorld(options),
    client: options.client,
    invitations: [],
    eventsByCalendar: new Map(),
    exceptionsBySeries: new Map(),
    pendingConferences: new Set(),
    lastChange: 0,
    lastEvent: 0,
    knobs: {
      accessTokenLifetime: 3_599_000,
      rotatesRefreshTokens: false,
      pageLimit: Infinity,
      nextConferences: [],
    },
    onChange: () => undefined,
    onChannel: () => undefined,
  }
  for (const event of world.tables.events.values()) indexEvent(world, event)
  return world
}

const seriesKey = (calendarId: string, seriesId: string): string => `${calendarId}/${seriesId}`

export const indexEvent = (world: World, event: StoredEvent): void => {
  const events = world.eventsByCalendar.get(event.calendarId) ?? new Map<string, StoredEvent>()
  world.eventsByCalendar.set(event.calendarId, events.set(event.id, event))
  world.lastChange = Math.max(world.lastChange, event.changed)
  world.lastEvent = Math.max(world.lastEvent, event.number)
  if (event.conferenceDueAt !== null) world.pendingConferences.add(`${event.calendarId}/${event.id}`)
  if (!event.body.recurringEventId) return
  const key = seriesKey(event.calendarId, event.body.recurringEventId)
  const ids = world.exceptionsBySeries.get(key) ?? new Set<string>()
  world.exceptionsBySeries.set(key, ids.add(event.id))
}

/** The events of a calendar in the order in which they were made, deleted ones among them. */
export const eventsOf = (world: World, calendarId: string): Iterable<StoredEvent> =>
  world.eventsByCalendar.get(calendarId)?.values() ?? []

export const findEvent = (world: World, calendarId: string, id: string): StoredEvent | undefined =>
  world.eventsByCalendar.get(calendarId)?.get(id)

/** The occurrences of a series that were changed or cancelled one by one. */
export const exceptionsOf = (world: World, series: StoredEvent): StoredEvent[] =>
  [...(world.exceptionsBySeries.get(seriesKey(series.calendarId, series.id)) ?? [])].flatMap(
    (id) => findEvent(world, series.calendarId, id) ?? [],
  )

export const newToken = (prefix: string, bytes = 24): string => prefix + randomBytes(bytes).toString('base64url')

const base32hex = '0123456789abcdefghijklmnopqrstuv'

/** An id such as Google gives events that bring none. */
export const newEventId = (): string =>
  [...randomBytes(26)].map((byte) => base32hex[byte % base32hex.length] ?? '').join('')
