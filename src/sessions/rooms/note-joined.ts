import type { PayloadRequest } from 'payload'
import type { SessionRow } from '../session-queries'
import { canStart } from '../session-timing'
import { type JoiningSide, storeJoined } from './attendance-queries'

/** Whether who goes into the room now is noted as there: not long before the start, as people try their link out. */
export const isJoinNoted = ({ startsAt, endsAt }: Pick<SessionRow, 'startsAt' | 'endsAt'>, now: number): boolean =>
  canStart({ startsAt, endsAt, now })

/** Notes that a side went into the room by its own link, the first time. */
export const noteJoined = async (
  req: PayloadRequest,
  session: Pick<SessionRow, 'id' | 'startsAt' | 'endsAt'>,
  side: JoiningSide,
): Promise<void> => {
  if (isJoinNoted(session, Date.now())) await storeJoined(req, session.id, side)
}
