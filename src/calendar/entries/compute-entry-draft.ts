import { cleanLine } from '#shared/clean-text'
import type { EntryDraft } from '../calendar-provider'
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

/** The entry of a session as it is first written. */
export const computeEntryDraft = (entry: SessionEntry, id: string, roomRequest: string | null): EntryDraft => ({
  id,
  sessionId: entry.sessionId,
  title: cleanLine(`${entry.serviceTypeName} – ${entry.customerName}`, 250),
  description: `${entry.reference}\n${entry.joinUrl}\n\n${entry.adminUrl}`,
  location: entry.joinUrl,
  start: entry.startsAt,
  end: entry.endsAt,
  roomRequest,
})

/** Start and end of an entry, epoch milliseconds; undefined when it is one of whole days, or broken. */
export const timesOfEvent = ({ start, end }: ExternalEvent): { start: number; end: number } | undefined =>
  start && end && 'at' in start && 'at' in end ? { start: start.at, end: end.at } : undefined

/** Whether an entry is the one that we made for this session; ids can be taken by others. */
export const isOurs = (event: ExternalEvent, sessionId: string): boolean => event.sessionId === sessionId

/** Whether an entry stands at these times. Everything else of it is its owner's. */
export const isAt = (event: ExternalEvent, times: { startsAt: number; endsAt: number }): boolean => {
  const found = timesOfEvent(event)
  return found?.start === times.startsAt && found.end === times.endsAt
}
