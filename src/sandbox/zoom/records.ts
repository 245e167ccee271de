import type { StoredSetting } from '../shared/sandbox-world'
import type { MeetingInput } from './meetings/meeting-input'

export type StoredUser = { id: string; email: string; firstName: string; lastName: string; timeZone: string }

export type StoredMeeting = {
  id: number
  /** Of the meeting as it is planned, or of the time that it is being held. */
  uuid: string
  hostId: string
  topic: string
  /** 1 = at once, 2 = planned for a time. */
  type: 1 | 2
  /** `2027-01-04T09:00:00Z` */
  startTime: string
  /** Minutes. */
  duration: number
  timeZone: string
  agenda: string
  password: string
  settings: NonNullable<MeetingInput['settings']>
  createdAt: string
  /** The uuid of the instance that is being held now. */
  heldAs: string | null
}

/** Somebody who was in a meeting, once for every time they came in. */
export type Attendance = {
  /** Names the person within the meeting. */
  participantId: string
  uuid: string
  name: string
  email: string
  /** Of the Zoom account that they came in with. */
  userId: string | null
  joinedAt: number
  /** Null: still there. */
  leftAt: number | null
}

/** One time that a meeting was held. Epoch ms by the sandbox's clock. */
export type StoredInstance = {
  uuid: string
  meetingId: number
  hostId: string
  topic: string
  type: 1 | 2
  timeZone: string
  startedAt: number
  endedAt: number | null
  attendances: Attendance[]
}

export type StoredRecording = {
  /** The instance's. */
  uuid: string
  meetingId: number
  startedAt: number
  endedAt: number
  fileId: string
  shareId: string
}

export type StoredToken = { token: string; expiresAt: number }

/** Something that the webhook endpoint is told, byte for byte the same in every attempt. */
export type StoredEvent = {
  id: string
  event: string
  body: string
  /** Whether it still has to arrive. */
  isPending: boolean
}

export type ZoomRecords = {
  settings: StoredSetting
  users: StoredUser
  meetings: StoredMeeting
  instances: StoredInstance
  recordings: StoredRecording
  tokens: StoredToken
  events: StoredEvent
}

export const tableNames = [
  'settings',
  'users',
  'meetings',
  'instances',
  'recordings',
  'tokens',
  'events',
] as const satisfies readonly (keyof ZoomRecords)[]
