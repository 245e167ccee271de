import { isAt, isOurs, timesOfEvent } from '../entries/compute-entry-draft'
import type { ExternalEvent } from '../entries/external-event'

export type EntryComparison =
  /** As it should be. */
  | { is: 'same' }
  | { is: 'deleted' }
  /** `times` is null when it became one of whole days. */
  | { is: 'moved'; times: { start: number; end: number } | null }

/**
 * What a person has done to the entry of a session, by what it is and what it should be. Our own changes are what it should be, so an echo
 * of them is nothing. Retitling, colours and notes are its owner's business.
 * @param found null: the calendar knows nothing under that id.
 */
export const computeDifference = (
  found: ExternalEvent | null,
  wanted: { sessionId: string; startsAt: number; endsAt: number },
): EntryComparison => {
  if (found === null || found.isCancelled || !isOurs(found, wanted.sessionId)) return { is: 'deleted' }
  return isAt(found, wanted) ? { is: 'same' } : { is: 'moved', times: timesOfEvent(found) ?? null }
}
