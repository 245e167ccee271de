import { createHmac } from 'node:crypto'
import type { StoredMeeting } from '../records'
import { nowOf, type World } from '../world'

/** How long a link for hosts opens the meeting. */
const hostLinkLifetime = 2 * 3_600_000

const sign = (world: World, text: string): string =>
  createHmac('sha256', world.app.clientSecret).update(text).digest('base64url').slice(0, 32)

/** The secret part of a link for the host: until when, and a signature of it. */
const hostKey = (world: World, meetingId: number): string => {
  const until = nowOf(world) + hostLinkLifetime
  return `${until}.${sign(world, `${meetingId}.${until}`)}`
}

export const isHostKey = (world: World, meetingId: number, key: string): boolean => {
  const until = key.split('.')[0] ?? ''
  return key === `${until}.${sign(world, `${meetingId}.${until}`)}` && Number(until) > nowOf(world)
}

/** In a link; tells who was invited from who guesses numbers. */
export const passcodeKey = (world: World, { id, password }: StoredMeeting): string => sign(world, `${id}.${password}`)

export const joinUrlOf = (world: World, meeting: StoredMeeting): string =>
  `${world.url}/j/${meeting.id}?pwd=${passcodeKey(world, meeting)}`

/** A meeting in a list of meetings. */
export const presentInList = (world: World, meeting: StoredMeeting): object => ({
  uuid: meeting.uuid,
  id: meeting.id,
  host_id: meeting.hostId,
  topic: meeting.topic,
  type: meeting.type,
  start_time: meeting.startTime,
  duration: meeting.duration,
  timezone: meeting.timeZone,
  // In lists Zoom cuts it off.
  agenda: meeting.agenda.slice(0, 250),
  created_at: meeting.createdAt,
  join_url: joinUrlOf(world, meeting),
})

/** A meeting as its host's account sees it. Every answer has a fresh link for the host. */
export const presentMeeting = (world: World, meeting: StoredMeeting): object => ({
  ...presentInList(world, meeting),
  host_email: world.tables.users.get(meeting.hostId)?.email ?? '',
  status: meeting.heldAs ? 'started' : 'waiting',
  agenda: meeting.agenda,
  start_url: `${world.url}/s/${meeting.id}?zak=${hostKey(world, meeting.id)}`,
  password: meeting.password,
  encrypted_password: passcodeKey(world, meeting),
  settings: meeting.settings,
  pre_schedule: false,
})
