import type { PayloadRequest } from 'payload'
import { withTransaction } from '#database/transactions'
import { hashToken } from '#shared/ids'
import type { CalendarTokens } from '../calendar-provider'
import { connectAccount } from '../connections/connect-account'
import { takeOAuthState } from '../connections/connection-queries'
import { GoogleError } from './google-error'
import { calendarScopes, exchangeCode, readAccount } from './oauth'

/** How a consent ended; everything but `connected` is a reason that the page shows. */
export type ConnectOutcome = 'connected' | 'expired' | 'scopes' | 'no_refresh_token' | 'google_failed'

const hasScopes = ({ scopes }: CalendarTokens): boolean => calendarScopes.every((scope) => scopes.includes(scope))

/**
 * Completes a consent that was begun here: takes its state (once), exchanges the code, and keeps the account. Nothing is kept of one with
 * fewer rights than were asked for, as people untick boxes.
 */
export const connectGoogle = async (
  req: PayloadRequest,
  { state, code }: { state: string; code: string },
): Promise<ConnectOutcome> => {
  const begun = await withTransaction(req, (tx) => takeOAuthState(tx, hashToken(state)))
  if (!begun) return 'expired'
  let tokens: CalendarTokens
  let account: { id: string; email: string }
  try {
    tokens = await exchangeCode(code, begun.codeVerifier)
    if (!hasScopes(tokens)) return 'scopes'
    account = await readAccount(tokens.accessToken)
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error
    req.payload.logger.warn({ err: error, msg: 'A calendar could not be connected' })
    return 'google_failed'
  }
  return withTransaction(req, async (tx) => {
    const id = await connectAccount(tx, {
      consultantId: begun.consultantId,
      provider: 'google',
      account: { id: account.id, name: account.email },
      credentials: tokens,
    })
    return id === undefined ? 'no_refresh_token' : 'connected'
  })
}
