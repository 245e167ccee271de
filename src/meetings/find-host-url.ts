import type { PayloadRequest } from 'payload'
import { isHttpUrl } from '#shared/validation'
import { askProvider } from './ask-provider'
import { isConnected, remoteProvider } from './meeting-providers'
import { findRoom } from './room-queries'
import { inEnglish } from '#shared/words'

/** Somebody stands at the door. */
const patienceMs = 15_000

/**
 * The address that opens a room as its host, asked of the provider at that moment because it stops working after some hours.
 * @returns undefined where the host joins like everybody, or the provider does not say: then the host takes the common way in.
 */
export const findHostUrl = async (
  req: PayloadRequest,
  session: { id: string; meetingProvider: string | null },
): Promise<string | undefined> => {
  const provider = remoteProvider(session.meetingProvider)
  const { hostUrl } = provider ?? {}
  if (!provider || !isConnected(provider) || !hostUrl) return undefined
  const room = await findRoom(req, session.id)
  const { meetingId = null, hostUser: account = null } = room ?? {}
  if (meetingId === null || room?.provider !== session.meetingProvider) return undefined
  try {
    const url = await askProvider(provider, () => hostUrl({ meetingId, account }), patienceMs)
    return url !== undefined && isHttpUrl(url) ? url : undefined
  } catch (err) {
    req.payload.logger.warn({
      err,
      sessionId: session.id,
      msg: `${inEnglish(provider.label)} did not say how its host enters`,
    })
    return undefined
  }
}
