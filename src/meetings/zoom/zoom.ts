import { RoomError } from '../room-error'
import type { RemoteRoom, RemoteRooms } from '../room-provider'
import { readZoomEvent, zoomEventSchema } from './read-zoom-event'
import { getZoom, type ZoomClient, type ZoomMeeting } from './zoom-client'

/** Whose account the app belongs to. */
const owner = 'me'

const toRoom = ({ id, hostId, joinUrl }: ZoomMeeting): RemoteRoom => ({ meetingId: id, hostId, joinUrl })

/** Rooms made by one app of the installation. The marker stands in the agenda. @param client undefined: Zoom is not set up. */
export const createZoomRooms = (client: () => ZoomClient | undefined): RemoteRooms => {
  const connected = (): ZoomClient => {
    const zoomClient = client()
    if (!zoomClient) throw new RoomError('Zoom is not set up here.', { outcome: 'not_processed' })
    return zoomClient
  }
  return {
    name: 'zoom',
    label: 'Zoom',
    room: 'remote',
    isConnected: () => client() !== undefined,
    // The consultant's own user where the account has one, else that of the app: a user can hold one meeting at a time.
    accounts: ({ consultantEmail }) => (consultantEmail === null ? [owner] : [consultantEmail, owner]),
    create: async ({ account, ...session }) => toRoom(await connected().createMeeting(account ?? owner, session)),
    find: async ({ account, marker }) => {
      const meeting = await connected().findMeeting(account ?? owner, marker)
      return meeting && toRoom(meeting)
    },
    move: ({ meetingId }, session) => connected().moveMeeting(meetingId, session),
    remove: ({ meetingId }) => connected().deleteMeeting(meetingId),
    hostUrl: async ({ meetingId }) => (await connected().getMeeting(meetingId)).startUrl ?? undefined,
    news: (event) => readZoomEvent(zoomEventSchema.parse(event)),
  }
}

export const zoom = createZoomRooms(getZoom)
