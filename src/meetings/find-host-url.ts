import type { PayloadRequest } from 'payload'
import { findRoom } from './room-queries'
import { getZoom } from './zoom/zoom-client'

/**
 * The address that opens a room as its host, asked of the provider at that moment because it stops working after some hours.
 * @returns undefined where the host joins like everybody, or the provider does not say: then the host takes the common way in.
 */
export const findHostUrl = async (
  req: PayloadRequest,
  session: { id: string; meetingProvider: string | null },
): Promise<string | undefined> => {
  if (session.meetingProvider !== 'zoom') return undefined
  const meetingId = (await findRoom(req, session.id))?.meetingId
  if (!meetingId) return undefined
  try {
    return (await getZoom()?.getMeeting(meetingId))?.startUrl ?? undefined
  } catch (err) {
    req.payload.logger.warn({ err, sessionId: session.id, msg: 'Zoom did not say how its host enters' })
    return undefined
  }
}
