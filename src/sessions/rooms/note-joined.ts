import type { PayloadRequest } from 'payload'
import type { SessionRow } from '../session-queries'
import { earlyStartMinutes } from '../session-timing'
import { type JoiningSide, storeJoined } from './attendance-queries'
import { minuteMs } from '#shared/time'

/**
 * Notes that a side went into the room by its own link, the first time and not long before the start: link previews of mail programs
 * and people who try the link out do not count as there.
 */
export const noteJoined = async (
  req: PayloadRequest,
  session: Pick<SessionRow, 'id' | 'startsAt'>,
  side: JoiningSide,
): Promise<void> => {
  if (Date.now() < session.startsAt - earlyStartMinutes * minuteMs) return
  await storeJoined(req, session.id, side)
}
