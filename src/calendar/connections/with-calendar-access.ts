import { setTimeout as delay } from 'node:timers/promises'
import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { isOneOf } from '#shared/state-table'
import { minuteMs } from '#shared/time'
import { CalendarError, hasOutcome, NeedsReauthError } from '../calendar-error'
import type { CalendarCaller, CalendarProvider } from '../calendar-provider'
import { calendarProviders } from '../calendar-providers'
import {
  claimRefresh,
  type ConnectionRow,
  findConnection,
  releaseRefresh,
  storeNeedsReauth,
  storeTokens,
} from './connection-queries'
import { usableConnections } from './connection-states'
import { openSecret } from './seal-secret'
import { tellAboutCalendar } from './tell-about-calendar'
import { inEnglish } from '#shared/words'

/** A token is renewed so long before its end. */
const marginMs = minuteMs

/** What opens a connection as it was read, sealed. */
type KnownAccess = Pick<ConnectionRow, 'id' | 'provider' | 'accessToken' | 'tokenExpiresAt' | 'feedUrl'>

const usableCredential = (known: KnownAccess, refused: string | undefined): string | undefined => {
  const { id, accessToken, tokenExpiresAt, feedUrl } = known
  if (calendarProviders.row(known.provider).access.is === 'secret') {
    return feedUrl === null ? undefined : openSecret(id, 'feed_url', feedUrl)
  }
  if (accessToken === null || (tokenExpiresAt ?? 0) < Date.now() + marginMs) return undefined
  const token = openSecret(id, 'access_token', accessToken)
  return token === refused ? undefined : token
}

const endAccess = async (payload: Payload, connection: ConnectionRow): Promise<never> => {
  await withTransaction(payload, async (req) => {
    if (!(await storeNeedsReauth(req, connection.id))) return
    await tellAboutCalendar(req, connection, 'calendar_needs_reauth', new Date().toISOString())
  })
  throw new NeedsReauthError()
}

const refresh = async (payload: Payload, connection: ConnectionRow, timeoutMs: number | undefined): Promise<string> => {
  const { id, refreshToken } = connection
  const { access } = calendarProviders.row(connection.provider)
  if (access.is === 'secret' || refreshToken === null) return endAccess(payload, connection)
  try {
    const tokens = await access.refresh(openSecret(id, 'refresh_token', refreshToken), timeoutMs)
    await storeTokens(payload, id, tokens)
    return tokens.accessToken
  } catch (error) {
    if (hasOutcome(error, 'needs_reauth')) return endAccess(payload, connection)
    // Everything else may be over in a moment.
    await releaseRefresh(payload, id)
    throw error
  }
}

/**
 * What opens a connection, good for a minute at least. Only one worker renews it; the others wait for that one.
 * @param refused a token that the provider did not take although its time is not over.
 * @throws NeedsReauthError, CalendarError
 */
const openAccess = async (
  payload: Payload,
  connectionId: string,
  { timeoutMs, refused }: { timeoutMs?: number | undefined; refused?: string | undefined },
): Promise<{ provider: CalendarProvider; credential: string }> => {
  const patience = Date.now() + (timeoutMs ?? 20_000)
  for (;;) {
    const connection = await findConnection(payload, connectionId)
    if (!connection || !isOneOf(usableConnections, connection.status)) {
      throw new NeedsReauthError()
    }
    const provider = calendarProviders.row(connection.provider)
    const credential = usableCredential(connection, refused)
    if (credential !== undefined) return { provider, credential }
    if (await claimRefresh(payload, connectionId)) {
      // Whoever had the claim before may have renewed it since it was read.
      const current = await findConnection(payload, connectionId)
      const renewed = current && usableCredential(current, refused)
      if (!current || renewed !== undefined) await releaseRefresh(payload, connectionId)
      if (renewed !== undefined) return { provider, credential: renewed }
      if (current) return { provider, credential: await refresh(payload, current, timeoutMs) }
    }
    if (Date.now() > patience) {
      throw new CalendarError(`${inEnglish(provider.label)}: the access of this account is being renewed.`, {
        outcome: 'retry',
      })
    }
    await delay(50)
  }
}

/** What a secret opens no more, nothing renews. */
const endSecretAccess = async (payload: Payload, connectionId: string): Promise<never> => {
  const connection = await findConnection(payload, connectionId)
  if (!connection) throw new NeedsReauthError()
  return endAccess(payload, connection)
}

/**
 * Calls a provider in the name of a connected account, with a token that is renewed when it has to be.
 * @param connection its id; or what opens it, where that was read a moment ago, which saves reading it again.
 * @param options.timeoutMs for each answer.
 * @throws NeedsReauthError when the account has to be connected again; its owner is told of that once. CalendarError.
 */
export const withCalendarAccess = async <T>(
  payload: Payload,
  connection: string | KnownAccess,
  run: (provider: CalendarProvider, caller: CalendarCaller) => Promise<T>,
  options: { timeoutMs?: number } = {},
): Promise<T> => {
  const { timeoutMs } = options
  const callerOf = (credential: string): CalendarCaller => ({
    credential,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  const connectionId = typeof connection === 'string' ? connection : connection.id
  const known = typeof connection === 'string' ? undefined : usableCredential(connection, undefined)
  const { provider, credential } =
    known === undefined || typeof connection === 'string'
      ? await openAccess(payload, connectionId, { timeoutMs })
      : { provider: calendarProviders.row(connection.provider), credential: known }
  try {
    return await run(provider, callerOf(credential))
  } catch (error) {
    if (!hasOutcome(error, 'needs_reauth')) throw error
    if (provider.access.is === 'secret') return endSecretAccess(payload, connectionId)
    const renewed = await openAccess(payload, connectionId, { timeoutMs, refused: credential })
    return run(provider, callerOf(renewed.credential))
  }
}
