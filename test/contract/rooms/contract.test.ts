import { createZoomRooms } from '#meetings/zoom/zoom'
import { createZoomClient } from '#meetings/zoom/zoom-client'
import { startZoomSandbox } from '#sandbox/zoom/start-zoom-sandbox'
import { createHallRooms, startHall } from '../../support/hall-rooms'
import { describeRoomProvider } from '../../support/room-contract'

describeRoomProvider('Zoom', async () => {
  const app = { accountId: 'account-1', clientId: 'client-1', clientSecret: 'secret-1' }
  const users = [{ email: 'rooms@parley.example', name: 'Parley Rooms' }]
  const zoom = await startZoomSandbox({ port: 0, ...app, users, webhookSecret: 'secret' })
  const client = createZoomClient({ ...app, apiBase: zoom.url })
  const { control } = zoom
  // It has its token before anything is to go wrong.
  await client.findMeeting('me', 'none')
  return {
    provider: createZoomRooms(() => client),
    roomsOf: (marker) =>
      control
        .meetings()
        .filter(({ agenda }) => agenda === marker)
        .map(({ id, startTime }) => ({ meetingId: String(id), startsAt: Date.parse(startTime) })),
    failNext: (fault) => {
      if (fault === 'refuse') control.failNext({ kind: 'missing_scope' })
      else control.failNext({ kind: 'disconnect', applied: fault === 'lose-answer' })
    },
    removeByHand: (id) => control.deleteMeeting(id),
    unknownAccount: 'nobody@parley.example',
    close: () => zoom.close(),
  }
})

describeRoomProvider('a provider that an installation adds', async () => {
  const hall = await startHall()
  return {
    provider: createHallRooms(hall),
    roomsOf: (marker) =>
      hall
        .rooms()
        .filter(({ note }) => note === marker)
        .map(({ id, startsAt }) => ({ meetingId: id, startsAt })),
    failNext: hall.failNext,
    removeByHand: hall.removeByHand,
    unknownAccount: null,
    close: hall.close,
  }
})
