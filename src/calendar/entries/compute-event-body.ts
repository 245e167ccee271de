import { cleanLine } from '#shared/clean-text'
import type { ExternalEvent } from './external-event'

/** What an entry is made from. Instants are epoch milliseconds. */
export type SessionEntry = {
  sessionId: string
  reference: string
  serviceTypeName: string
  customerName: string
  startsAt: number
  endsAt: number
  /** Our own stable link, which leads wherever the room is by then. */
  joinUrl: string
  adminUrl: string
}

const timesOf = ({ startsAt, endsAt }: Pick<SessionEntry, 'startsAt' | 'endsAt'>) => ({
  // A person may have made whole days of it: then the date goes.
  start: { dateTime: new Date(startsAt).toISOString(), timeZone: 'UTC' },
  end: { dateTime: new Date(endsAt).toISOString(), timeZone: 'UTC' },
})

/** Asks for a Meet room; the same id asked twice is one room. */
export const conferenceRequest = (requestId: string): Pick<ExternalEvent, 'conferenceData'> => ({
  conferenceData: { createRequest: { requestId, conferenceSolutionKey: { type: 'hangoutsMeet' } } },
})

/** The entry of a session as it is first written. Nobody is invited: our own mail does that. */
export const newEventBody = (entry: SessionEntry, eventId: string, meetRequestId: string | null): ExternalEvent => ({
  id: eventId,
  summary: cleanLine(`${entry.serviceTypeName} – ${entry.customerName}`, 250),
  description: `${entry.reference}\n${entry.joinUrl}\n\n${entry.adminUrl}`,
  location: entry.joinUrl,
  ...timesOf(entry),
  extendedProperties: { private: { parleySession: entry.sessionId } },
  ...(meetRequestId === null ? {} : conferenceRequest(meetRequestId)),
})

/** What is written into an entry that is there: what a person added to it stays. */
export const changedEventBody = <Present extends ExternalEvent>(
  entry: SessionEntry,
  present: Present,
  meetRequestId: string | null,
) => ({
  ...present,
  ...timesOf(entry),
  ...(meetRequestId !== null && !present.conferenceData ? conferenceRequest(meetRequestId) : {}),
})

/** Start and end of an entry, epoch milliseconds; undefined when it is one of whole days, or broken. */
export const timesOfEvent = ({ start, end }: ExternalEvent): { start: number; end: number } | undefined => {
  const times = { start: Date.parse(start?.dateTime ?? ''), end: Date.parse(end?.dateTime ?? '') }
  return Number.isFinite(times.start) && Number.isFinite(times.end) ? times : undefined
}

export const isCancelled = ({ status }: ExternalEvent): boolean => status === 'cancelled'

/** Whether an entry is the one that we made for this session; ids can be taken by others. */
export const isOurs = (event: ExternalEvent, sessionId: string): boolean =>
  event.extendedProperties?.private?.parleySession === sessionId

/** Whether an entry stands at these times. Everything else of it is its owner's. */
export const isAt = (event: ExternalEvent, times: { startsAt: number; endsAt: number }): boolean => {
  const found = timesOfEvent(event)
  return found?.start === times.startsAt && found.end === times.endsAt
}

export type Conference = { state: 'ready'; joinUrl: string; meetingId: string } | { state: 'pending' | 'failed' } | null

/** How far the room of an entry is. null: none was asked for. */
export const conferenceOf = ({ conferenceData, hangoutLink }: ExternalEvent): Conference => {
  const status = conferenceData?.createRequest?.status?.statusCode
  const video = conferenceData?.entryPoints?.find(({ entryPointType }) => entryPointType === 'video')?.uri
  const joinUrl = hangoutLink ?? video
  if (joinUrl && /^https?:\/\//.test(joinUrl)) {
    return { state: 'ready', joinUrl, meetingId: conferenceData?.conferenceId ?? joinUrl }
  }
  if (status === 'failure') return { state: 'failed' }
  return status ? { state: 'pending' } : null
}
