import type { ProviderLimits } from '#providers/provider-limits'
import type { MeetingProvider } from './meeting-provider'
import type { Label } from '#shared/words'

/** What a room is made from where nobody has to be asked for it. */
export type RoomBooking = {
  /** The session's; the same session gets the same room, however often it is asked for, also after it was moved. */
  reference: string
  /** A name for the room, of `a-z`, `0-9` and `-`: the same for the same session, and nobody can tell it from the reference. */
  roomName: string
  /** The consultant's own fixed room. */
  ownUrl: string | null
}

/** A room as people get to it: `joinUrl` is a page of the web. `meetingId` names it at its provider, one per session, in at most 200 characters. */
export type RoomAddress = { meetingId: string; joinUrl: string }

type Named = {
  /** As it is stored, up to 40 small letters, digits, - and _: `big_blue_button`. */
  name: string
  /** As people read it. */
  label: Label
}

/** The room follows from the booking, so it is there with it. */
export type DerivedRooms = Named & {
  room: 'derived'
  /** Calls nobody and gives the same for the same. null: there is none here, so the session meets at Jitsi. Runs in the transaction of the booking. */
  roomOf: (booking: RoomBooking) => RoomAddress | null
}

/** The session that a room is for, as it is now. */
export type RoomSession = {
  reference: string
  /** Is to be kept with the room (in its title, agenda or metadata), so that one whose making was not answered is found again. */
  marker: string
  /** What it is called for those who see it at the provider. */
  topic: string
  /** Epoch milliseconds. */
  startsAt: number
  endsAt: number
  durationMinutes: number
  consultantEmail: string | null
}

/** In whose account at the provider; null where the provider names no `accounts`. */
type InAccount = { account: string | null }

/** A room that the provider has. */
export type PlacedRoom = InAccount & { meetingId: string }

/** A room as its provider gives it. `hostId`: who opens it, as the provider's reports name them. */
export type RemoteRoom = RoomAddress & { hostId: string | null }

/** Somebody in the room. `id` names the same person for as long as they take part. */
export type ReportedParticipant = { id: string; name: string | null; email: string | null; isHost: boolean }

/** What a provider reports of a room; instants in epoch milliseconds. */
export type MeetingNews = { meetingId: string } & (
  | { what: 'started' | 'ended'; at: number }
  | { what: 'joined' | 'left'; at: number; participant: ReportedParticipant }
  | { what: 'recorded'; recordingId: string; url: string; durationMinutes: number }
)

/**
 * The provider's API has to be asked for the room. The worker does that, outside of any transaction and one worker at a time for a session;
 * until then, and where it cannot be had, the session meets at Jitsi.
 *
 * Every call says by a `RoomError` what is known when it did not succeed; anything else that it throws, and no answer within
 * 90 seconds, counts as `unknown`. Then the room is looked for before another one is made, so there is never a second one.
 */
export type RemoteRooms = Named & {
  room: 'remote'
  /** Whether this installation has what it takes to ask. Where not, no room is wanted there. */
  isConnected: () => boolean
  /** How often it may be called, by all processes together; `perSubject`: for one account. Left out: as often as there is need. */
  limits?: ProviderLimits
  /** In whose account a room may be made, the preferred one first; the next is asked where one does not exist (`gone`). */
  accounts?: (session: RoomSession) => readonly string[]
  create: (session: RoomSession & InAccount) => Promise<RemoteRoom>
  /** The room with that marker, if one was made. */
  find: (session: RoomSession & InAccount) => Promise<RemoteRoom | undefined>
  /** Makes the room agree with its session. @throws RoomError `gone` when there is none: another one is made. */
  move: (room: PlacedRoom, session: RoomSession) => Promise<void>
  /** @throws RoomError `gone` when there is none, which is as good. */
  remove: (room: PlacedRoom) => Promise<void>
  /** The address that opens the room as its host, for somebody who enters now; without it, and where none comes within 15 seconds, the host joins like everybody. */
  hostUrl?: (room: PlacedRoom) => Promise<string | undefined>
  /**
   * What a report says that `receiveMeetingEvent` has stored; undefined for kinds that are of no interest. Reports may come more than
   * once and in any order. @throws when it is not as documented: it stays visible as failed, with the reason.
   */
  news?: (event: unknown) => MeetingNews | undefined
}

/**
 * The calendar makes the room, with the session's entry in the consultant's calendar (`entries.room` of its provider says whose); until then
 * the session meets at Jitsi.
 */
export type CalendarEntryRooms = Named & {
  room: 'calendar-entry'
}

/** Where sessions are held. The contract of the built-in ones and of those that an installation adds. */
export type RoomProvider = DerivedRooms | RemoteRooms | CalendarEntryRooms

/** A room as it stands in the session. `hostUrl` opens it as its host and is never shown to customers; null: the host joins like everybody. */
export type Meeting = RoomAddress & { provider: MeetingProvider; hostUrl: string | null }
