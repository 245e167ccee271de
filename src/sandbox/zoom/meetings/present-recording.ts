import type { StoredMeeting, StoredRecording } from '../records'
import { toZoomTime, type World } from '../world'

/** A cloud recording with its one file. */
export const presentRecording = (world: World, meeting: StoredMeeting, recording: StoredRecording): object => {
  const page = `${world.url}/rec/share/${recording.shareId}`
  const size = Math.round((recording.endedAt - recording.startedAt) / 1000) * 50_000
  return {
    uuid: recording.uuid,
    id: meeting.id,
    account_id: world.app.accountId,
    host_id: meeting.hostId,
    host_email: world.tables.users.get(meeting.hostId)?.email ?? '',
    topic: meeting.topic,
    type: meeting.type,
    start_time: toZoomTime(recording.startedAt),
    timezone: meeting.timeZone,
    duration: Math.max(1, Math.ceil((recording.endedAt - recording.startedAt) / 60_000)),
    total_size: size,
    recording_count: 1,
    share_url: page,
    recording_files: [
      {
        id: recording.fileId,
        meeting_id: recording.uuid,
        recording_start: toZoomTime(recording.startedAt),
        recording_end: toZoomTime(recording.endedAt),
        file_type: 'MP4',
        file_extension: 'MP4',
        file_size: size,
        play_url: page,
        download_url: `${world.url}/rec/download/${recording.shareId}`,
        status: 'completed',
        recording_type: 'shared_screen_with_speaker_view',
      },
    ],
  }
}
