import type { EntryChange, EntryDraft } from '../calendar-provider'
import type { Conference, EventTime, ExternalEvent } from '../entries/external-event'
import type { GoogleEvent } from './calendar-api'

const timeOf = (time: GoogleEvent['start']): EventTime | null => {
  if (time?.dateTime) {
    const at = Date.parse(time.dateTime)
    return Number.isFinite(at) ? { at } : null
  }
  return time?.date ? { date: time.date } : null
}

const isDeclined = ({ attendees }: GoogleEvent): boolean =>
  (attendees ?? []).some(({ self, responseStatus }) => self === true && responseStatus === 'declined')

const conferenceOf = ({ conferenceData, hangoutLink }: GoogleEvent): Conference => {
  const status = conferenceData?.createRequest?.status?.statusCode
  const video = conferenceData?.entryPoints?.find(({ entryPointType }) => entryPointType === 'video')?.uri
  const joinUrl = hangoutLink ?? video
  if (joinUrl && /^https?:\/\//.test(joinUrl)) {
    return { state: 'ready', joinUrl, meetingId: conferenceData?.conferenceId ?? joinUrl }
  }
  if (status === 'failure') return { state: 'failed' }
  return status ? { state: 'pending' } : null
}

/**
 * An event of Google's as what Parley knows of one. Busy is what is not marked as free, not declined by the owner and not a place of work;
 * out-of-office and focus time are busy.
 */
export const computeExternalEvent = (event: GoogleEvent & { id: string }): ExternalEvent => ({
  id: event.id,
  version: event.etag ?? null,
  isCancelled: event.status === 'cancelled',
  isBusy: event.transparency !== 'transparent' && event.eventType !== 'workingLocation' && !isDeclined(event),
  start: timeOf(event.start),
  end: timeOf(event.end),
  isOfSeries: Boolean(event.recurringEventId),
  sessionId: event.extendedProperties?.private?.parleySession ?? null,
  conference: conferenceOf(event),
  hasConference: Boolean(event.conferenceData),
  source: event,
})

const timesOf = ({ start, end }: Pick<EntryDraft, 'start' | 'end'>) => ({
  // A person may have made whole days of it: then the date goes.
  start: { dateTime: new Date(start).toISOString(), timeZone: 'UTC' },
  end: { dateTime: new Date(end).toISOString(), timeZone: 'UTC' },
})

/** Asks for a Meet room; the same id asked twice is one room. */
const conferenceRequest = (requestId: string): Pick<GoogleEvent, 'conferenceData'> => ({
  conferenceData: { createRequest: { requestId, conferenceSolutionKey: { type: 'hangoutsMeet' } } },
})

/** What is sent for an entry that is first written. */
export const computeNewEvent = (draft: EntryDraft): GoogleEvent => ({
  id: draft.id,
  summary: draft.title,
  description: draft.description,
  location: draft.location,
  ...timesOf(draft),
  extendedProperties: { private: { parleySession: draft.sessionId } },
  ...(draft.roomRequest === null ? {} : conferenceRequest(draft.roomRequest)),
})

/** What is sent for an entry that is there: what a person added to it stays. */
export const computeChangedEvent = (present: GoogleEvent, change: EntryChange): GoogleEvent => ({
  ...present,
  ...timesOf(change),
  ...(change.roomRequest !== null && !present.conferenceData ? conferenceRequest(change.roomRequest) : {}),
})
