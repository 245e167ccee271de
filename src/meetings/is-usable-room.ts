import { isHttpUrl } from '#shared/validation'
import type { RoomAddress } from './room-provider'

/** Whether what a provider gives is a room: a page of the web, and an id that can be stored. Types say nothing of what code of others gives. */
export const isUsableRoom = (room: { [Part in keyof RoomAddress]: unknown } | null | undefined): boolean =>
  typeof room?.joinUrl === 'string' &&
  isHttpUrl(room.joinUrl) &&
  typeof room.meetingId === 'string' &&
  room.meetingId !== '' &&
  room.meetingId.length <= 200
