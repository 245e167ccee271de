import type { PayloadRequest } from 'payload'
import { findDifference, insertDifference } from './difference-queries'
import type { EventRow } from '../entries/event-queries'
import type { DifferenceKind } from '../entries/event-states'
import { tellAboutDifference } from './tell-about-difference'

/** Writes down what a person changed about an entry, and asks its owner, in the open transaction. Only sessions to come are worth a question. */
export const openDifference = async (
  req: PayloadRequest,
  event: Pick<EventRow, 'id' | 'consultantId' | 'sessionId' | 'sessionStatus' | 'startsAt'>,
  difference: { kind: Exclude<DifferenceKind, 'conflict'>; times: { start: number; end: number } | null },
): Promise<void> => {
  if (event.sessionStatus !== 'scheduled' || event.startsAt < Date.now()) return
  const id = await insertDifference(req, {
    kind: difference.kind,
    consultantId: event.consultantId,
    sessionId: event.sessionId,
    calendarEventId: event.id,
    times: difference.times,
  })
  const row = id === undefined ? undefined : await findDifference(req, id)
  if (row) await tellAboutDifference(req, row)
}
