import { type SessionState, standingSessions } from '#sessions/session-states'
import { isOneOf } from '#shared/state-table'

/** What is known of an entry and of what it should be. Instants are epoch milliseconds. */
export type EntryFacts = {
  desiredVersion: number
  deliveredVersion: number
  /** The present id was sent to the calendar before, whatever came of it. */
  wasAttempted: boolean
  /** The calendar in which the present id was attempted. */
  calendarId: string | null
  /** Where sessions are written to now; null: nowhere in this account. */
  targetCalendarId: string | null
  sessionStatus: SessionState
  endsAt: number
  conference: 'pending' | 'ready' | 'failed' | null
  now: number
}

export type NextStep =
  /** Calendar and session agree. */
  | 'nothing'
  /** There is nothing in the calendar, and nothing should be. */
  | 'note'
  /** Write it for the first time under this id. */
  | 'insert'
  /** It may be there: look, then write what differs. */
  | 'write'
  /** It may be there and should not. */
  | 'remove'
  /** Its room was still being made. */
  | 'look-for-room'

/** Whether a session has its entry in the calendar of its consultant; what took place stays there. */
export const belongsInCalendar = (sessionStatus: SessionState): boolean => isOneOf(standingSessions, sessionStatus)

/** The next step for the entry of one session in one account. */
export const decideNextStep = (facts: EntryFacts): NextStep => {
  const { desiredVersion, deliveredVersion, wasAttempted, calendarId, targetCalendarId, sessionStatus, endsAt, now } =
    facts
  if (deliveredVersion >= desiredVersion) return facts.conference === 'pending' ? 'look-for-room' : 'nothing'
  const isWanted = targetCalendarId !== null && belongsInCalendar(sessionStatus)
  if (!wasAttempted) return isWanted && endsAt > now ? 'insert' : 'note'
  return isWanted && calendarId === targetCalendarId ? 'write' : 'remove'
}
