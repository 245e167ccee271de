import type { calendar_v3 } from '@googleapis/calendar'
import type { StoredSetting } from '../shared/sandbox-world'

/** What an event says, as the API's client knows it. */
export type EventBody = calendar_v3.Schema$Event
export type EventTime = calendar_v3.Schema$EventDateTime

/** A person who can be chosen on the consent page. */
export type StoredAccount = {
  /** Also the id of the primary calendar. */
  email: string
  name: string
  /** Google's number of the person. */
  sub: string
  timeZone: string
}

export type AccessRole = 'owner' | 'writer' | 'reader' | 'freeBusyReader'

export type StoredCalendar = {
  id: string
  owner: string
  summary: string
  timeZone: string
  isPrimary: boolean
  isHidden: boolean
  /** Whom else it is shared with, by email address. */
  sharedWith: Record<string, AccessRole>
  /** Sync tokens of an earlier generation are refused with 410. */
  syncGeneration: number
  /** Free/busy queries answer with this error of the calendar instead of its times. */
  busyError: string | null
}

/** How a series was planned before a change: sync has to report the occurrences that are gone. */
export type FormerPlan = {
  /** The number of the change that ended it. */
  changed: number
  start: EventTime
  end: EventTime
  recurrence: string[]
}

export type StoredEvent = {
  calendarId: string
  id: string
  /** Counts up in the order in which events were made: the stable order of lists. */
  number: number
  /** Counts up over all changes of all calendars: versions, and where a sync goes on. */
  changed: number
  /**
   * The event without what depends on who asks (kind, etag, times in a zone of theirs). Times are UTC instants or dates.
   * `start` is missing from broken events only.
   */
  body: EventBody
  formerPlans: FormerPlan[]
  /** When a conference that is being made is ready; epoch ms by the sandbox's clock. */
  conferenceDueAt: number | null
}

/** What a person allows an application. */
export type StoredGrant = {
  email: string
  scopes: string[]
}

/** An authorization code that waits to be exchanged. */
export type StoredCode = {
  code: string
  email: string
  scopes: string[]
  redirectUri: string
  /** S256 of the verifier that has to come; null = none was announced. */
  challenge: string | null
  givesRefreshToken: boolean
  isOffline: boolean
  /** Epoch ms by the sandbox's clock. */
  expiresAt: number
}

export type StoredToken = {
  token: string
  email: string
  scopes: string[]
  isOffline: boolean
  /** Epoch ms by the sandbox's clock; null = never. */
  expiresAt: number | null
}

/** A channel for push notifications about the events of one calendar. */
export type StoredChannel = {
  id: string
  email: string
  calendarId: string
  resourceId: string
  resourceUri: string
  address: string
  token: string | null
  /** Epoch ms by the sandbox's clock. */
  expiresAt: number
  /** Of the latest message. */
  messageNumber: number
}

export type GoogleRecords = {
  settings: StoredSetting
  accounts: StoredAccount
  calendars: StoredCalendar
  events: StoredEvent
  grants: StoredGrant
  codes: StoredCode
  accessTokens: StoredToken
  refreshTokens: StoredToken
  channels: StoredChannel
}

export const tableNames = [
  'settings',
  'accounts',
  'calendars',
  'events',
  'grants',
  'codes',
  'accessTokens',
  'refreshTokens',
  'channels',
] as const satisfies readonly (keyof GoogleRecords)[]
