import { deriveToken } from '#shared/ids'
import { isHttpUrl } from '#shared/validation'
import { jitsi } from './jitsi/jitsi'
import type { MeetingProvider } from './meeting-provider'
import { meetingProviders } from './meeting-providers'
import type { Meeting, RoomBooking } from './room-provider'

/** What a room is made from. */
export type MeetingRequest = Pick<RoomBooking, 'reference' | 'ownUrl'> & {
  provider: MeetingProvider
  /** The installation's secret; without it nobody can tell the room from the reference. */
  secret: string
}

/** 160 bits; hexadecimal, so that a provider need not tell capital letters from small ones. */
const roomNameOf = (secret: string, reference: string): string =>
  `parley-${Buffer.from(deriveToken(secret, 'meeting-room', reference), 'base64url')
    .toString('hex')
    .slice(0, 40)}`

/**
 * The room that a session has with its booking. Calls nobody. Where the wanted provider cannot give one now (its API or a calendar makes it, the
 * consultant has no own link, its extension is gone), it is a Jitsi room: a confirmed session always has somewhere to meet.
 */
export const createMeeting = ({ provider, reference, ownUrl, secret }: MeetingRequest): Meeting => {
  const booking = { reference, ownUrl, roomName: roomNameOf(secret, reference) }
  const wanted = meetingProviders.has(provider) ? meetingProviders.row(provider) : undefined
  const room = wanted?.room === 'derived' ? wanted.roomOf(booking) : null
  // Whatever an extension gives, nobody is led anywhere but to a page of the web.
  const isUsable = room !== null && isHttpUrl(room.joinUrl)
  return isUsable
    ? { provider, ...room, hostUrl: null }
    : { provider: jitsi.name, ...jitsi.roomOf(booking), hostUrl: null }
}
