import { setTimeout as delay } from 'node:timers/promises'
import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { isOneOf } from '#shared/state-table'
import {
  claimRefresh,
  type ConnectionRow,
  findConnection,
  releaseRefresh,
  storeNeedsReauth,
  storeTokens,
} from '../connections/connection-queries'
import { usableConnections } from '../connections/connection-states'
import { openSecret } from '../connections/seal-secret'
import { tellAboutCalendar } from '../connections/tell-about-calendar'
import type { ApiCaller } from './calendar-api'
import { GoogleError, NeedsReauthError } from './google-error'
import { refreshTokens } from './oauth'
import { minuteMs } from '#shared/time'

/** A token is renewed so long before its end. */
const marginMs = minuteMs

/** The token of a connection as it was read, sealed. */
type KnownToken = Pick<ConnectionRow, 'id' | 'accessToken' | 'tokenExpiresAt'>

const usableToken = (
  { id, accessToken, tokenExpiresAt }: KnownToken,
  refused: string | undefined,
): string | undefined => {
  if (accessToken === null || (tokenExpiresAt ?? 0) < Date.now() + marginMs) return undefined
  const token = openSecret(id, 'access_token', accessToken)
  return token === refused ? undefined : token
}

const markNeedsReauth = (payload: Payload, connection: ConnectionRow): Promise<void> =>
  withTransaction(payload, async (req) => {
    if (!(await storeNeedsReauth(req, connection.id))) return
    await tellAboutCalendar(req, connection, 'calendar_needs_reauth', new Date().toISOString())
  })

const refresh = async (payload: Payload, connection: ConnectionRow, timeoutMs: number | undefined): Promise<string> => {
  const { id, refreshToken } = connection
  try {
    if (refreshToken === null) throw new NeedsReauthError()
    const tokens = await refreshTokens(openSecret(id, 'refresh_token', refreshToken), timeoutMs)
    await storeTokens(payload, id, tokens)
    return tokens.accessToken
  } catch (error) {
    // Everything else may be over in a moment.
    const isFinal =
      error instanceof NeedsReauthError || (error instanceof GoogleError && error.reason === 'invalid_grant')
    if (!isFinal) {
      await releaseRefresh(payload, id)
      throw error
    }
    await markNeedsReauth(payload, connection)
    throw new NeedsReauthError()
  }
}

/**
 * An access token of a connection that is good for a minute at least. Only one worker renews it; the others wait for that one.
 * @param refused a token that Google did not take although its time is not over.
 * @throws NeedsReauthError, GoogleError
 */
const accessToken = async (
  payload: Payload,
  connectionId: string,
  { timeoutMs, refused }: { timeoutMs?: number | undefined; refused?: string | undefined },
): Promise<string> => {
  const patience = Date.now() + (timeoutMs ?? 20_000)
  for (;;) {
    const connection = await findConnection(payload, connectionId)
    if (!connection || !isOneOf(usableConnections, connection.status)) {
      throw new NeedsReauthError()
    }
    const token = usableToken(connection, refused)
    if (token !== undefined) return token
    if (await claimRefresh(payload, connectionId)) {
      // Whoever had the claim before may have renewed it since it was read.
      const current = await findConnection(payload, connectionId)
      const renewed = current && usableToken(current, refused)
      if (!current || renewed !== undefined) await releaseRefresh(payload, connectionId)
      if (renewed !== undefined) return renewed
      if (current) return refresh(payload, current, timeoutMs)
    }
    if (Date.now() > patience) throw new GoogleError('token refresh', { outcome: 'not_processed' })
    await delay(50)
  }
}

/**
 * Calls Google in the name of a connected account, with a token that is renewed when it has to be.
 * @param connection its id; or its token, where that was read a moment ago, which saves reading it again.
 * @param options.timeoutMs for each answer.
 * @throws NeedsReauthError when the account has to be connected again; its owner is told of that once. GoogleError.
 */
export const withGoogleAccess = async <T>(
  payload: Payload,
  connection: string | KnownToken,
  run: (caller: ApiCaller) => Promise<T>,
  options: { timeoutMs?: number } = {},
): Promise<T> => {
  const { timeoutMs } = options
  const [connectionId, known] =
    typeof connection === 'string' ? [connection, undefined] : [connection.id, usableToken(connection, undefined)]
  const callerOf = (token: string): ApiCaller => ({
    accessToken: token,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  const token = known ?? (await accessToken(payload, connectionId, { timeoutMs }))
  try {
    return await run(callerOf(token))
  } catch (error) {
    if (!(error instanceof GoogleError) || error.status !== 401) throw error
    return run(callerOf(await accessToken(payload, connectionId, { timeoutMs, refused: token })))
  }
}
