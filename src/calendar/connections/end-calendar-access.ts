import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { deleteChannel, findFarewell, forgetFarewell, listChannelsOfConnection } from '../busy/channel-queries'
import { stopChannel } from '../google/calendar-api'
import { GoogleError } from '../google/google-error'
import { refreshTokens, revokeToken } from '../google/oauth'
import { openSecret } from './seal-secret'

const stopAll = async (payload: Payload, connectionId: string, refreshToken: string): Promise<void> => {
  const channels = await listChannelsOfConnection(payload, connectionId)
  if (!channels.length) return
  const { accessToken } = await refreshTokens(refreshToken)
  for (const { id, resourceId } of channels) {
    if (resourceId !== null) await stopChannel({ accessToken }, { id, resourceId })
    await deleteChannel(payload, id)
  }
}

/**
 * After an account was disconnected: stops its channels and gives back what was allowed. Does nothing when it has been connected again since:
 * that would end the new access as well.
 * @throws GoogleError when Google cannot be asked; the job comes again.
 */
export const endCalendarAccess = async (payload: Payload, connectionId: string): Promise<void> => {
  const sealed = await findFarewell(payload, connectionId)
  if (sealed === null) return
  const refreshToken = openSecret(connectionId, 'refresh_token', sealed)
  try {
    await stopAll(payload, connectionId, refreshToken)
  } catch (error) {
    // Nothing can be stopped any more with a token that has ended; what is open ends by itself.
    if (!(error instanceof GoogleError) || error.reason !== 'invalid_grant') throw error
  }
  if ((await findFarewell(payload, connectionId)) === null) return
  await revokeToken(refreshToken)
  await withTransaction(payload, (req) => forgetFarewell(req, connectionId))
}
