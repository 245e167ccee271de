import type { PayloadRequest } from 'payload'
import { findDrift, insertDrift } from './drift-queries'
import type { EventRow } from '../entries/event-queries'
import type { DriftKind } from '../entries/event-states'
import { tellAboutDrift } from './tell-about-drift'

/** Writes down what a person changed about an entry, and asks its owner, in the open transaction. Only sessions to come are worth a question. */
export const openDrift = async (
  req: PayloadRequest,
  event: Pick<EventRow, 'id' | 'consultantId' | 'sessionId' | 'sessionStatus' | 'startsAt'>,
  drift: { kind: Exclude<DriftKind, 'conflict'>; times: { start: number; end: number } | null },
): Promise<void> => {
  if (event.sessionStatus !== 'scheduled' || event.startsAt < Date.now()) return
  const id = await insertDrift(req, {
    kind: drift.kind,
    consultantId: event.consultantId,
    sessionId: event.sessionId,
    calendarEventId: event.id,
    times: drift.times,
  })
  const row = id === undefined ? undefined : await findDrift(req, id)
  if (row) await tellAboutDrift(req, row)
}
