import type { MeetingNews } from './room-provider'

/** Somebody who was in the room; instants in epoch milliseconds. */
export type MeetingParticipant = {
  userId: string
  name: string | null
  email: string | null
  isHost: boolean
  joinedAt: number | null
  leftAt: number | null
}

/** What is known of a meeting so far; instants in epoch milliseconds. */
export type MeetingRecord = {
  startedAt: number | null
  endedAt: number | null
  participants: MeetingParticipant[]
  recording: { id: string; url: string; durationMinutes: number } | null
}

export const emptyMeeting: MeetingRecord = { startedAt: null, endedAt: null, participants: [], recording: null }

const earlier = (a: number | null, b: number): number => (a === null ? b : Math.min(a, b))
const later = (a: number | null, b: number): number => (a === null ? b : Math.max(a, b))

const mergeParticipant = (
  known: MeetingParticipant | undefined,
  news: Extract<MeetingNews, { what: 'joined' | 'left' }>,
): MeetingParticipant => {
  const { participant, at } = news
  const base = known ?? { userId: participant.id, joinedAt: null, leftAt: null, name: null, email: null, isHost: false }
  return {
    ...base,
    name: base.name ?? participant.name,
    email: base.email ?? participant.email,
    isHost: base.isHost || participant.isHost,
    ...(news.what === 'joined' ? { joinedAt: earlier(base.joinedAt, at) } : { leftAt: later(base.leftAt, at) }),
  }
}

/** A meeting with one more report of it. Reports may come in any order and more than once: the same ones always make the same meeting. */
export const mergeMeetingNews = (meeting: MeetingRecord, news: MeetingNews): MeetingRecord => {
  switch (news.what) {
    case 'started':
      return { ...meeting, startedAt: earlier(meeting.startedAt, news.at) }
    case 'ended':
      return { ...meeting, endedAt: later(meeting.endedAt, news.at) }
    case 'joined':
    case 'left': {
      const { id } = news.participant
      const known = meeting.participants.find(({ userId }) => userId === id)
      const others = meeting.participants.filter(({ userId }) => userId !== id)
      const participants = [...others, mergeParticipant(known, news)]
      return { ...meeting, participants: participants.sort((a, b) => (a.userId < b.userId ? -1 : 1)) }
    }
    case 'recorded': {
      const { recordingId: id, url, durationMinutes } = news
      return { ...meeting, recording: { id, url, durationMinutes } }
    }
  }
}
