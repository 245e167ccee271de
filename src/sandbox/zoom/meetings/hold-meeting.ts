import { randomInt, randomUUID } from 'node:crypto'
import type { Attendance, StoredInstance, StoredMeeting } from '../records'
import { Refusal } from '../refusal'
import { newToken, newUuid, nowOf, type World } from '../world'
import { emitEvent, type EventName } from '../webhooks/emit-event'
import { presentRecording } from './present-recording'

const minutesOf = (ms: number): number => Math.max(1, Math.ceil(ms / 60_000))

const instanceOf = (world: World, meeting: StoredMeeting): StoredInstance | undefined =>
  meeting.heldAs === null ? undefined : world.tables.instances.get(meeting.heldAs)

/** @throws Refusal */
const mustBeHeld = (world: World, meeting: StoredMeeting): StoredInstance => {
  const instance = instanceOf(world, meeting)
  if (!instance) throw new Refusal(400, 3008, `The meeting ${meeting.id} has not started.`)
  return instance
}

const tell = (
  world: World,
  event: EventName,
  instance: StoredInstance,
  more: { at: number; meeting?: object; participant?: object },
): void => {
  const { meetingId, uuid, hostId, topic, type, timeZone } = instance
  const planned = world.tables.meetings.get(String(meetingId))
  emitEvent(world, event, more.at, {
    id: String(meetingId),
    uuid,
    host_id: hostId,
    topic,
    type,
    start_time: new Date(instance.startedAt).toISOString().replace(/\.\d{3}/, ''),
    duration: planned?.duration ?? 0,
    timezone: timeZone,
    ...more.meeting,
    ...(more.participant ? { participant: more.participant } : {}),
  })
}

const time = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}/, '')

const toParticipant = (attendance: Attendance): object => ({
  // Empty for people without a login at Zoom.
  id: attendance.userId ?? '',
  user_id: attendance.participantId,
  user_name: attendance.name,
  participant_uuid: attendance.uuid,
  participant_user_id: attendance.userId ?? '',
  email: attendance.email,
  registrant_id: '',
})

/** Begins to hold a meeting; one that is being held goes on. */
export const startMeeting = (world: World, meeting: StoredMeeting): StoredInstance => {
  const held = instanceOf(world, meeting)
  if (held) return held
  const at = nowOf(world)
  const { hostId, topic, type, timeZone } = meeting
  // The first time has the uuid that the meeting was planned with.
  const uuid = world.tables.instances.get(meeting.uuid) ? newUuid() : meeting.uuid
  const instance: StoredInstance = {
    uuid,
    meetingId: meeting.id,
    hostId,
    topic,
    type,
    timeZone,
    startedAt: at,
    endedAt: null,
    attendances: [],
  }
  world.tables.instances.put(uuid, instance)
  world.tables.meetings.put(String(meeting.id), { ...meeting, uuid, heldAs: uuid })
  tell(world, 'meeting.started', instance, { at })
  return instance
}

const mayJoinBeforeHost = ({ settings, startTime }: StoredMeeting, now: number): boolean => {
  const { join_before_host: isAllowed = false, jbh_time: minutes = 0 } = settings
  return isAllowed && (minutes === 0 || now >= Date.parse(startTime) - minutes * 60_000)
}

export type Joiner = { name: string; email?: string | undefined }

/**
 * Somebody comes in. The host starts the meeting with it; others only where they may join before the host.
 * @returns what names them within the meeting. @throws Refusal
 */
export const joinMeeting = (world: World, meeting: StoredMeeting, { name, email = '' }: Joiner): string => {
  const user = [...world.tables.users.values()].find((one) => email !== '' && one.email === email.toLowerCase())
  const isHost = user?.id === meeting.hostId
  if (!meeting.heldAs && !isHost && !mayJoinBeforeHost(meeting, nowOf(world))) {
    throw new Refusal(400, 3008, 'The host has not started the meeting yet.')
  }
  const { uuid } = startMeeting(world, meeting)
  const instance = world.tables.instances.get(uuid)
  if (!instance) throw new Refusal(400, 3008, 'The meeting has not started.')
  const at = nowOf(world)
  const attendance: Attendance = {
    participantId: String(randomInt(16_000_000, 17_000_000)),
    uuid: randomUUID().toUpperCase(),
    name,
    email,
    userId: user?.id ?? null,
    joinedAt: at,
    leftAt: null,
  }
  const joined = { ...instance, attendances: [...instance.attendances, attendance] }
  world.tables.instances.put(uuid, joined)
  tell(world, 'meeting.participant_joined', joined, {
    at,
    participant: { ...toParticipant(attendance), join_time: time(at) },
  })
  return attendance.participantId
}

/** Those who are in the meeting now. */
export const presentPeople = (world: World, meeting: StoredMeeting): Attendance[] =>
  (instanceOf(world, meeting)?.attendances ?? []).filter(({ leftAt }) => leftAt === null)

const leave = (world: World, instance: StoredInstance, attendance: Attendance, reason: string): StoredInstance => {
  const at = nowOf(world)
  const left = {
    ...instance,
    attendances: instance.attendances.map((one) => (one === attendance ? { ...one, leftAt: at } : one)),
  }
  world.tables.instances.put(instance.uuid, left)
  tell(world, 'meeting.participant_left', left, {
    at,
    participant: { ...toParticipant(attendance), leave_time: time(at), leave_reason: reason },
  })
  return left
}

const end = (world: World, meeting: StoredMeeting, instance: StoredInstance): void => {
  const at = nowOf(world)
  const ended = { ...instance, endedAt: at }
  world.tables.instances.put(instance.uuid, ended)
  world.tables.meetings.put(String(meeting.id), { ...meeting, heldAs: null })
  tell(world, 'meeting.ended', ended, { at, meeting: { end_time: time(at) } })
  if (meeting.settings.auto_recording === 'cloud') recordMeeting(world, { ...meeting, heldAs: null })
}

/** Somebody goes; with the last one the meeting ends. @throws Refusal */
export const leaveMeeting = (world: World, meeting: StoredMeeting, participantId: string): void => {
  const instance = mustBeHeld(world, meeting)
  const attendance = instance.attendances.find((one) => one.participantId === participantId && one.leftAt === null)
  if (!attendance) throw new Refusal(404, 1010, `There is no participant ${participantId} in the meeting.`)
  const left = leave(world, instance, attendance, `left the meeting.<br>Reason: ${attendance.name} left the meeting.`)
  if (left.attendances.every(({ leftAt }) => leftAt !== null)) end(world, meeting, left)
}

/** The host ends the meeting for everybody. @throws Refusal */
export const endMeeting = (world: World, meeting: StoredMeeting): void => {
  let instance = mustBeHeld(world, meeting)
  for (const attendance of presentPeople(world, meeting)) {
    instance = leave(world, instance, attendance, 'left the meeting.<br>Reason: Host ended the meeting.')
  }
  end(world, meeting, instance)
}

/**
 * The recording of the latest time that the meeting was held is ready.
 * @throws Refusal when it was never held to its end.
 */
export const recordMeeting = (world: World, meeting: StoredMeeting): void => {
  const instance = [...world.tables.instances.values()].findLast(({ meetingId }) => meetingId === meeting.id)
  if (!instance || instance.endedAt === null) {
    throw new Refusal(404, 3301, `There is no recording for this meeting: ${meeting.id}.`)
  }
  const recording = {
    uuid: instance.uuid,
    meetingId: meeting.id,
    startedAt: instance.startedAt,
    endedAt: instance.endedAt,
    fileId: newUuid(),
    shareId: newToken(),
  }
  world.tables.recordings.put(instance.uuid, recording)
  emitEvent(world, 'recording.completed', nowOf(world), presentRecording(world, meeting, recording))
}

/** How long somebody was in a meeting, or the meeting lasted. */
export const lengthOf = (world: World, from: number, to: number | null): number =>
  minutesOf((to ?? nowOf(world)) - from)
