import type { MeetingProvider } from '#meetings/meeting-provider'
import type { ProviderLimits } from '#providers/provider-limits'
import type { BusyInterval } from './busy/compute-busy-time'
import type { ExternalEvent } from './entries/external-event'
import type { Label } from '#shared/words'

/*
 * The contract of a calendar provider. What a provider can do is what it brings: a group that is null is not offered, and nothing else
 * says so. Every call throws `CalendarError` with one of its outcomes and nothing else; it neither repeats a call by itself nor waits for
 * a better moment, because the queue does. Instants are epoch milliseconds.
 */

/** On whose behalf a call is made. */
export type CalendarCaller = {
  /** The access token, or what else opens the account. */
  credential: string
  /** How long to wait for an answer; the provider's own default otherwise. */
  timeoutMs?: number
}

/** What an account allows. `refreshToken` is null when there is no new one: then the old one stays good. */
export type CalendarTokens = { accessToken: string; refreshToken: string | null; expiresAt: number; scopes: string[] }

export type CalendarAccess =
  /** Access tokens that end, and a token that renews them. */
  | {
      is: 'tokens'
      /** @throws CalendarError; `needs_reauth` alone is final. */
      refresh: (refreshToken: string, timeoutMs?: number) => Promise<CalendarTokens>
      /** Gives back what was allowed; null where a provider takes nothing back. What has ended already is as good. */
      revoke: ((refreshToken: string) => Promise<void>) | null
    }
  /** What was given when it was connected (an address, a name and a password as JSON) opens it until it is refused. */
  | { is: 'secret' }

/** A calendar as its provider lists it. */
export type ListedCalendar = {
  calendarId: string
  name: string
  /** IANA. */
  timeZone: string
  isPrimary: boolean
  /** Sessions can be written to it: it is the account owner's own. */
  isWritable: boolean
}

/** The entry of a session as it is first written. Nobody is to be invited: our own mail does that. */
export type EntryDraft = {
  /** Ours: 40 letters and digits, the same for every try. The entry is found by it from now on, and a second one of it is `id_taken`. */
  id: string
  /** Kept with the entry, unseen by people; `ExternalEvent.sessionId` when it is read. */
  sessionId: string
  title: string
  description: string
  location: string
  start: number
  end: number
  /** Asks for a meeting room with the entry, where `room` is offered; the same id asked twice is one room. */
  roomRequest: string | null
}

/** What is written into an entry that is there. Everything else of it is its owner's, and stays. */
export type EntryChange = Pick<EntryDraft, 'start' | 'end' | 'roomRequest'>

type EntryCalls = {
  /** The meeting provider whose rooms are made with an entry; null: an entry brings no room. */
  room: MeetingProvider | null
  /** @throws CalendarError; `id_taken`. */
  create: (caller: CalendarCaller, calendarId: string, draft: EntryDraft) => Promise<ExternalEvent>
  /** The entry as it is, deleted ones too where the provider knows of them; null when nothing is known of that id. */
  get: (caller: CalendarCaller, calendarId: string, id: string) => Promise<ExternalEvent | null>
  /** Only if it still is the version that was read. @throws CalendarError; `changed`, `gone`. */
  change: (
    caller: CalendarCaller,
    calendarId: string,
    present: ExternalEvent,
    change: EntryChange,
  ) => Promise<ExternalEvent>
  /** Only if it still is the version that was read. One that is gone is as good, or `changed`. @throws CalendarError */
  remove: (caller: CalendarCaller, calendarId: string, present: ExternalEvent) => Promise<void>
}

/** From where events are read: from the beginning within a window, or what changed since a token. `page`: as the page before said. */
export type EventCursor = { page: string | null } & ({ from: number; until: number } | { since: string })

export type EventPage = {
  /** Series taken apart. Among changes also what was deleted, as cancelled. */
  events: ExternalEvent[]
  /** The clock of whole days; null: that of the calendar as it was listed. */
  timeZone: string | null
  /** Where the next page begins; null on the last page. */
  nextPage: string | null
  /** On the last page: what the next reading begins with. */
  nextToken: string | null
}

type EventReading = {
  /**
   * @param most so many at once will do.
   * @throws CalendarError; `token_expired` when token or page are not known any more.
   */
  readPage: (caller: CalendarCaller, calendarId: string, cursor: EventCursor, most?: number) => Promise<EventPage>
}

type FreeBusyReading = {
  /** At most so many calendars and so many days are asked for at once. */
  mostCalendars: number
  mostDays: number
  /** For each calendar when it is busy; one of which nothing can be said is an error in the answer, never free. */
  read: (
    caller: CalendarCaller,
    calendarIds: readonly string[],
    window: BusyInterval,
  ) => Promise<Map<string, BusyInterval[] | { error: string }>>
}

/** What a server said of the version that it gave out; sent along the next time. */
export type WholeVersion = { etag: string | null; lastModified: string | null }

/** Which addresses may be connected to, and how an address of text is read. `ca`: a certificate to trust besides. */
export type AddressGuard = { isAllowed: (address: string) => boolean; toUrl: (text: string) => URL; ca?: string }

type WholeReading = {
  /** Everything at once, or that nothing changed since `known`. */
  read: (
    caller: CalendarCaller,
    ask: {
      window: { from: number; until: number }
      /** IANA zone of its owner, for what names none. */
      timeZone: string
      known: WholeVersion | null
      /** Other than in tests, the public Internet alone. */
      guard?: AddressGuard
    },
  ) => Promise<{ changed: false } | ({ changed: true; busy: BusyInterval[] } & WholeVersion)>
}

/** Where changes are reported. There is no renewal: the next channel is opened a day before the end of the last. */
type ChannelCalls = {
  /** How long a channel is asked for; more than a day. */
  lifetimeMs: number
  /** The path of the endpoint that takes the messages, below the address of the server. */
  path: string
  /** Whether messages can arrive where this installation is. Without channels everything works, only later: by polling. */
  canArrive: () => boolean
  /** → The provider's name of what is watched, and until when. @throws CalendarError; when it is refused, it is asked again in a day. */
  open: (
    caller: CalendarCaller,
    calendarId: string,
    channel: { id: string; token: string; address: string; expiresAt: number },
  ) => Promise<{ resourceId: string; expiresAt: number }>
  /** One that has ended is as good. */
  close: (caller: CalendarCaller, channel: { id: string; resourceId: string }) => Promise<void>
}

/** A kind of calendar that consultants connect. */
export type CalendarProvider = {
  /** As connections keep it; never changed. */
  name: string
  /** For people. */
  label: Label
  access: CalendarAccess
  /** How often it may be called, by all processes together; `perSubject`: for one account. Left out: as often as there is need. */
  limits?: ProviderLimits
  /** All calendars of the account; null: a connection is one calendar, which is read as a whole. */
  listCalendars: ((caller: CalendarCaller) => Promise<ListedCalendar[]>) | null
  /** Only free and busy times: for calendars that sessions are not written to. */
  freeBusy: FreeBusyReading | null
  whole: WholeReading | null
  channels: ChannelCalls | null
  /** It answers fast enough to be asked once more before a time is held (1.5 seconds for everything). */
  isAskedLive: boolean
} & (
  | // Where sessions are written to, our own entries have to be told from others.
    { entries: EntryCalls; events: EventReading }
  | { entries: null; events: EventReading | null }
)
