import { route } from '../api/route'
import { presentRecording } from '../meetings/present-recording'
import { Refusal } from '../refusal'
import { mustFindMeeting } from '../world'

/** Recordings in Zoom's cloud. */
export const recordingRoutes = [
  route({
    operation: 'recordings.get',
    method: 'GET',
    path: '/meetings/:meetingId/recordings',
    handle: (world, { segments: [id = ''] }) => {
      const recording = [...world.tables.recordings.values()].findLast(
        ({ uuid, meetingId }) => uuid === id || String(meetingId) === id,
      )
      if (!recording) throw new Refusal(404, 3301, `There is no recording for this meeting: ${id}.`)
      const meeting = mustFindMeeting(world, recording.meetingId)
      return { status: 200, body: presentRecording(world, meeting, recording) }
    },
  }),
]
