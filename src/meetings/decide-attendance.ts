import type { MeetingParticipant } from './merge-meeting-news'
import { minuteMs } from '#shared/time'

type Presence = { joinedAt: number | null; leftAt: number | null }

/** Who was there of either side; instants in epoch milliseconds. */
export type Attendance = { consultant: Presence; customer: Presence }

type People = { consultantEmail: string | null; customerEmail: string }

const sideOf = (participant: MeetingParticipant, people: People): keyof Attendance => {
  const { email, isHost } = participant
  if (email !== null && email === people.customerEmail.toLowerCase()) return 'customer'
  if (isHost || (email !== null && email === people.consultantEmail?.toLowerCase())) return 'consultant'
  // A consultation has two sides: who does not open the room is the guest.
  return 'customer'
}

const join = (presences: readonly Presence[]): Presence => {
  const at = (key: keyof Presence) => presences.flatMap((presence) => presence[key] ?? [])
  const [joined, left] = [at('joinedAt'), at('leftAt')]
  return { joinedAt: joined.length ? Math.min(...joined) : null, leftAt: left.length ? Math.max(...left) : null }
}

/** When either side came and left, from those who were in the room. */
export const decideAttendance = (participants: readonly MeetingParticipant[], people: People): Attendance => {
  const of = (side: keyof Attendance) =>
    join(participants.filter((participant) => sideOf(participant, people) === side))
  return { consultant: of('consultant'), customer: of('customer') }
}

/** How long somebody has to have waited past the start before the other side counts as absent. */
const patienceMs = 10 * minuteMs

/**
 * Which side did not come, if the provider's reports leave no doubt: one single person was in the room, is known by address or as its
 * host, and waited for ten minutes past the start. Instants in epoch milliseconds.
 */
export const decideAbsence = (
  participants: readonly MeetingParticipant[],
  people: People & { startsAt: number; endedAt: number },
): 'consultant' | 'customer' | undefined => {
  const [only, ...others] = participants
  if (!only || others.length > 0 || only.joinedAt === null) return undefined
  const stayedUntil = only.leftAt ?? people.endedAt
  if (only.joinedAt > people.startsAt + patienceMs || stayedUntil < people.startsAt + patienceMs) return undefined
  if (sideOf(only, people) === 'consultant') return 'customer'
  return only.email === people.customerEmail.toLowerCase() ? 'consultant' : undefined
}
