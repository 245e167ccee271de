import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { poolDb, readDb, txDb } from '#database/transactions'
import { createId } from '#shared/ids'
import type { CalendarTokens } from '../calendar-provider'
import type { CalendarProviderName } from '../calendar-providers'
import { type ConnectionState, usableConnections } from './connection-states'
import { undecidedDifferences } from '../entries/event-states'
import { sealSecret } from './seal-secret'

/** A connection as the synchronisation needs it; secrets are sealed. Instants are epoch milliseconds. */
export type ConnectionRow = {
  id: string
  consultantId: string
  provider: CalendarProviderName
  status: ConnectionState
  accountEmail: string
  /** The calendar that sessions are written to. */
  targetCalendarId: string | null
  accessToken: string | null
  refreshToken: string | null
  /** What opens it where there are no tokens. */
  feedUrl: string | null
  tokenExpiresAt: number | null
}

const selectConnection = sql.raw(`
  SELECT id, consultant_id AS "consultantId", provider, status, account_email AS "accountEmail", calendar_id AS "targetCalendarId",
    access_token AS "accessToken", refresh_token AS "refreshToken", feed_url AS "feedUrl",
    (extract(epoch FROM token_expires_at) * 1000)::float8 AS "tokenExpiresAt"
  FROM calendar_connections`)

export const findConnection = async (payload: Payload, id: string): Promise<ConnectionRow | undefined> => {
  const { rows } = await poolDb(payload).execute(sql`${selectConnection} WHERE id = ${id}`)
  return rows[0] as ConnectionRow | undefined
}

/** A connection, locked until the transaction ends. */
export const lockConnection = async (req: PayloadRequest, id: string): Promise<ConnectionRow | undefined> => {
  const { rows } = await (await txDb(req)).execute(sql`${selectConnection} WHERE id = ${id} FOR UPDATE`)
  return rows[0] as ConnectionRow | undefined
}

/** How long one worker may take to renew the tokens of an account; the others wait for it meanwhile. */
const refreshLease = sql.raw(`interval '30 seconds'`)

/** Takes the renewing of an account's tokens for this worker alone: with tokens that rotate, two at once would end both. */
export const claimRefresh = async (payload: Payload, id: string): Promise<boolean> => {
  const { rowCount } = await poolDb(payload).execute(sql`
    UPDATE calendar_connections SET refreshing_until = now() + ${refreshLease}
    WHERE id = ${id} AND (refreshing_until IS NULL OR refreshing_until < now())`)
  return Boolean(rowCount)
}

export const releaseRefresh = async (payload: Payload, id: string): Promise<void> => {
  await poolDb(payload).execute(sql`UPDATE calendar_connections SET refreshing_until = NULL WHERE id = ${id}`)
}

/** Keeps renewed tokens; a refresh token that did not come stays as it was. Nothing happens to one that was disconnected meanwhile. */
export const storeTokens = async (payload: Payload, id: string, tokens: CalendarTokens): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE calendar_connections SET access_token = ${sealSecret(id, 'access_token', tokens.accessToken)},
      refresh_token = coalesce(${tokens.refreshToken === null ? null : sealSecret(id, 'refresh_token', tokens.refreshToken)}, refresh_token),
      token_expires_at = ${new Date(tokens.expiresAt).toISOString()}, refreshing_until = NULL, updated_at = now()
    WHERE id = ${id} AND status <> 'disconnected'`)
}

export type NewConnection = {
  consultantId: string
  provider: CalendarProviderName
  /** The account as its provider knows it (never changed), and for people. */
  account: { id: string; name: string }
  credentials: CalendarTokens | { secret: string }
}

const sealCredentials = (id: string, credentials: NewConnection['credentials']) => {
  if ('secret' in credentials) return sql`feed_url = ${sealSecret(id, 'feed_url', credentials.secret)}`
  const { accessToken, refreshToken, expiresAt, scopes } = credentials
  return sql`access_token = ${sealSecret(id, 'access_token', accessToken)},
      refresh_token = coalesce(${refreshToken === null ? null : sealSecret(id, 'refresh_token', refreshToken)}, refresh_token),
      token_expires_at = ${new Date(expiresAt).toISOString()}, scopes = ${JSON.stringify(scopes)}::jsonb`
}

/**
 * Keeps an account that was connected, for the first time or again: then it is the same row, so nothing of it is made twice.
 * @returns its id; undefined when its provider gave no refresh token and there is none of before.
 */
export const storeConnection = async (
  req: PayloadRequest,
  { consultantId, provider, account, credentials }: NewConnection,
): Promise<string | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    INSERT INTO calendar_connections (id, consultant_id, provider, status, account_email, external_account_id, connected_at, updated_at, created_at)
    VALUES (${createId()}, ${consultantId}, ${provider}, 'connected', ${account.name}, ${account.id}, now(), now(), now())
    ON CONFLICT (consultant_id, provider, external_account_id) DO UPDATE SET account_email = excluded.account_email,
      connected_at = now(), updated_at = now()
    RETURNING id, refresh_token AS "refreshToken"`)
  const { id, refreshToken } = rows[0] as { id: string; refreshToken: string | null }
  if (!('secret' in credentials) && credentials.refreshToken === null && refreshToken === null) return undefined
  await db.execute(sql`
    UPDATE calendar_connections SET status = 'connected', disconnected_at = NULL, last_error = NULL, stale_since = NULL, told_at = NULL,
      ${sealCredentials(id, credentials)}, refreshing_until = NULL, farewell_token = NULL, listed_at = NULL
    WHERE id = ${id}`)
  return id
}

/** The one calendar of a connection that lists none: it blocks time, and is read as a whole. @returns its id. */
export const storeOnlyCalendar = async (req: PayloadRequest, connectionId: string, name: string): Promise<string> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    INSERT INTO connected_calendars (id, consultant_id, connection_id, calendar_id, name, time_zone, counts_as_busy, reading, generation,
      read_events, failures, updated_at, created_at)
    SELECT ${createId()}::uuid, p.id, c.id, 'file', ${name}, p.availability_time_zone, true, 'whole', 0, 0, 0, now(), now()
    FROM calendar_connections c JOIN consultant_profiles p ON p.id = c.consultant_id WHERE c.id = ${connectionId}
    ON CONFLICT (connection_id, calendar_id) DO UPDATE SET name = excluded.name, updated_at = now()
    RETURNING id`)
  return (rows[0] as { id: string }).id
}

/**
 * Nothing of an account can be read or written from now on, so what is known of its calendars grows old.
 * @returns whether it is news: only then is somebody told.
 */
export const storeNeedsReauth = async (req: PayloadRequest, id: string): Promise<boolean> => {
  const db = await txDb(req)
  const { rowCount } = await db.execute(sql`
    UPDATE calendar_connections SET status = 'needs_reauth', refreshing_until = NULL, told_at = now(), updated_at = now(),
      stale_since = coalesce(stale_since, now()),
      last_error = 'The account takes our access no more. Its owner has to connect it again.'
    WHERE id = ${id} AND status IN ${sqlStates(usableConnections)}`)
  if (!rowCount) return false
  await db.execute(sql`
    UPDATE connected_calendars SET stale_since = coalesce(stale_since, now()), updated_at = now()
    WHERE connection_id = ${id} AND counts_as_busy`)
  return true
}

/** Forgets all that we were allowed and have read; the row stays, so that connecting again finds it. */
export const storeDisconnect = async (req: PayloadRequest, id: string): Promise<void> => {
  const db = await txDb(req)
  // What is needed to say goodbye; a connection that is made again meanwhile takes it back.
  await db.execute(sql`UPDATE calendar_connections SET farewell_token = refresh_token WHERE id = ${id}`)
  await db.execute(sql`
    DELETE FROM busy_times WHERE calendar_id IN (SELECT id FROM connected_calendars WHERE connection_id = ${id})`)
  await db.execute(sql`DELETE FROM connected_calendars WHERE connection_id = ${id}`)
  await db.execute(sql`
    UPDATE calendar_events SET state = 'abandoned', delivered_version = desired_version, next_attempt_at = NULL, updated_at = now()
    WHERE connection_id = ${id}`)
  await db.execute(sql`
    UPDATE calendar_differences SET status = 'settled', decided_at = now(), updated_at = now()
    WHERE status IN ${sqlStates(undecidedDifferences)} AND calendar_event_id IN (SELECT id FROM calendar_events WHERE connection_id = ${id})`)
  await db.execute(sql`
    UPDATE calendar_connections SET status = 'disconnected', access_token = NULL, refresh_token = NULL, feed_url = NULL,
      token_expires_at = NULL, calendar_id = NULL, scopes = NULL, synced_at = NULL, stale_since = NULL, last_error = NULL,
      told_at = NULL, refreshing_until = NULL, disconnected_at = now(), updated_at = now()
    WHERE id = ${id}`)
}

/** The consent that was begun with this state, which is used up by it; undefined when there is none, or it is older than ten minutes. */
export const takeOAuthState = async (
  req: PayloadRequest,
  stateHash: string,
): Promise<{ userId: string; consultantId: string; codeVerifier: string } | undefined> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    WITH taken AS (DELETE FROM parley.oauth_states WHERE state_hash = ${stateHash} RETURNING *)
    SELECT t.user_id AS "userId", t.consultant_id AS "consultantId", t.code_verifier AS "codeVerifier"
    FROM taken t JOIN users u ON u.id = t.user_id
    WHERE t.created_at > now() - interval '10 minutes' AND u.is_active IS NOT FALSE`)
  return rows[0] as { userId: string; consultantId: string; codeVerifier: string } | undefined
}

export const insertOAuthState = async (
  req: PayloadRequest,
  state: { stateHash: string; userId: string; consultantId: string; codeVerifier: string },
): Promise<void> => {
  await (
    await readDb(req)
  ).execute(sql`
    WITH old AS (DELETE FROM parley.oauth_states WHERE created_at < now() - interval '1 hour')
    INSERT INTO parley.oauth_states (state_hash, user_id, consultant_id, code_verifier)
    VALUES (${state.stateHash}, ${state.userId}, ${state.consultantId}, ${state.codeVerifier})`)
}
