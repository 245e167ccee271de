import { deriveToken } from '#shared/ids'
import type { MeetingProvider } from './meeting-providers'

/** A room as it stands in the session. */
export type Meeting = {
  provider: MeetingProvider
  /** Names the room at its provider; one per session. */
  meetingId: string
  joinUrl: string
  /** Opens the room as its host; never shown to customers. null: the host joins like everybody. */
  hostUrl: string | null
}

/** What a room is made from. */
export type MeetingRequest = {
  provider: MeetingProvider
  /** The session's reference: the same session gets the same room, however often this runs, also after a reschedule. */
  reference: string
  /** The consultant's own fixed room. */
  ownUrl: string | null
  /** The installation's secret; without it nobody can tell the room from the reference. */
  secret: string
  jitsiBaseUrl: string
}

const isHttpUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

/** 160 bits; hexadecimal, because Jitsi does not tell capital letters from small ones. */
const roomName = (secret: string, reference: string): string =>
  `parley-${Buffer.from(deriveToken(secret, 'meeting-room', reference), 'base64url')
    .toString('hex')
    .slice(0, 40)}`

const createJitsiMeeting = ({ reference, secret, jitsiBaseUrl }: MeetingRequest): Meeting => {
  const room = roomName(secret, reference)
  return { provider: 'jitsi', meetingId: room, joinUrl: `${jitsiBaseUrl.replace(/\/+$/, '')}/${room}`, hostUrl: null }
}

const createOwnMeeting = ({ reference, ownUrl }: MeetingRequest): Meeting | null =>
  ownUrl && isHttpUrl(ownUrl)
    ? { provider: 'custom', meetingId: reference, joinUrl: new URL(ownUrl).href, hostUrl: null }
    : null

/**
 * The room of a session. Pure. Where the wanted provider cannot give one (the consultant has no own link; Zoom and Google
 * Meet are not connected), it is a Jitsi room: a confirmed session always has somewhere to meet.
 */
export const createMeeting = (request: MeetingRequest): Meeting =>
  (request.provider === 'custom' ? createOwnMeeting(request) : null) ?? createJitsiMeeting(request)
