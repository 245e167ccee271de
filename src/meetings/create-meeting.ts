import type { Payload } from 'payload'
import { deriveToken } from '#shared/ids'
import { jitsi } from './jitsi/jitsi'
import type { MeetingProvider } from './meeting-provider'
import { meetingProviders } from './meeting-providers'
import { isUsableRoom } from './is-usable-room'
import type { DerivedRooms, Meeting, RoomAddress, RoomBooking } from './room-provider'
import { inEnglish } from '#shared/words'

/** What a room is made from. */
export type MeetingRequest = Pick<RoomBooking, 'reference' | 'ownUrl'> & {
  provider: MeetingProvider
  /** The installation's secret; without it nobody can tell the room from the reference. */
  secret: string
  /** Hears of a provider that threw. */
  logger?: Pick<Payload['logger'], 'error'>
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
export const createMeeting = ({ provider, reference, ownUrl, secret, logger }: MeetingRequest): Meeting => {
  const booking = { reference, ownUrl, roomName: roomNameOf(secret, reference) }
  const wanted = meetingProviders.has(provider) ? meetingProviders.row(provider) : undefined
  const room = wanted?.room === 'derived' ? roomAt(wanted, booking, logger) : undefined
  return room ? { provider, ...room, hostUrl: null } : { provider: jitsi.name, ...jitsi.roomOf(booking), hostUrl: null }
}

/** Whatever an extension gives, nobody is led anywhere but to a page of the web; and one that throws keeps nobody from booking. */
const roomAt = (
  provider: DerivedRooms,
  booking: RoomBooking,
  logger: MeetingRequest['logger'],
): RoomAddress | undefined => {
  try {
    const room = provider.roomOf(booking)
    return room && isUsableRoom(room) ? { meetingId: room.meetingId, joinUrl: room.joinUrl } : undefined
  } catch (err) {
    logger?.error({ err, reference: booking.reference, msg: `${inEnglish(provider.label)} gave no room` })
    return undefined
  }
}
