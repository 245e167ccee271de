import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { deleteChannel, findFarewell, forgetFarewell, listChannelsOfConnection } from '../busy/channel-queries'
import { hasOutcome } from '../calendar-error'
import type { CalendarAccess, CalendarProvider } from '../calendar-provider'
import { calendarProviders } from '../calendar-providers'
import { openSecret } from './seal-secret'

type TokenAccess = Extract<CalendarAccess, { is: 'tokens' }>

const closeChannels = async (
  payload: Payload,
  connectionId: string,
  { channels }: CalendarProvider,
  refresh: () => ReturnType<TokenAccess['refresh']>,
): Promise<void> => {
  const open = await listChannelsOfConnection(payload, connectionId)
  if (!open.length) return
  const { accessToken } = await refresh()
  for (const { id, resourceId } of open) {
    if (resourceId !== null) await channels?.close({ credential: accessToken }, { id, resourceId })
    await deleteChannel(payload, id)
  }
}

/**
 * After an account was disconnected: stops its channels and gives back what was allowed. Does nothing when it has been connected again since:
 * that would end the new access as well.
 * @throws CalendarError when the provider cannot be asked; the job comes again.
 */
export const endCalendarAccess = async (payload: Payload, connectionId: string): Promise<void> => {
  const farewell = await findFarewell(payload, connectionId)
  if (farewell === null) return
  const provider = calendarProviders.row(farewell.provider)
  const { access } = provider
  if (access.is === 'tokens') {
    const refreshToken = openSecret(connectionId, 'refresh_token', farewell.token)
    try {
      await closeChannels(payload, connectionId, provider, () => access.refresh(refreshToken))
    } catch (error) {
      // Nothing can be stopped any more with a token that has ended; what is open ends by itself.
      if (!hasOutcome(error, 'needs_reauth')) throw error
    }
    if ((await findFarewell(payload, connectionId)) === null) return
    await access.revoke?.(refreshToken)
  }
  await withTransaction(payload, (req) => forgetFarewell(req, connectionId))
}
