import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { poolDb, readDb, txDb } from '#database/transactions'
import type { CalendarProviderName } from '../calendar-providers'

/** A channel on which a provider reports changes of a calendar. Instants are epoch milliseconds. */
export type ChannelRow = {
  id: string
  calendarId: string | null
  tokenHash: string
  resourceId: string | null
  expiresAt: number | null
}

const selectChannel = sql.raw(`
  SELECT id, calendar_id AS "calendarId", token_hash AS "tokenHash", resource_id AS "resourceId",
    (extract(epoch FROM expires_at) * 1000)::float8 AS "expiresAt" FROM parley.calendar_channels`)

export const findChannel = async (req: PayloadRequest, id: string): Promise<ChannelRow | undefined> => {
  const { rows } = await (await readDb(req)).execute(sql`${selectChannel} WHERE id = ${id}`)
  return rows[0] as ChannelRow | undefined
}

export const listChannels = async (payload: Payload, calendarId: string): Promise<ChannelRow[]> => {
  const { rows } = await poolDb(payload).execute(
    sql`${selectChannel} WHERE calendar_id = ${calendarId} ORDER BY expires_at DESC NULLS LAST`,
  )
  return rows as ChannelRow[]
}

export const listChannelsOfConnection = async (payload: Payload, connectionId: string): Promise<ChannelRow[]> => {
  const { rows } = await poolDb(payload).execute(sql`${selectChannel} WHERE connection_id = ${connectionId}`)
  return rows as ChannelRow[]
}

/** Before it is opened: its first message may come before the answer. */
export const insertChannel = async (
  payload: Payload,
  channel: { id: string; connectionId: string; calendarId: string; tokenHash: string },
): Promise<void> => {
  await poolDb(payload).execute(sql`
    INSERT INTO parley.calendar_channels (id, connection_id, calendar_id, token_hash)
    VALUES (${channel.id}, ${channel.connectionId}, ${channel.calendarId}, ${channel.tokenHash})`)
}

export const storeChannelOpened = async (
  payload: Payload,
  id: string,
  opened: { resourceId: string; expiresAt: number },
): Promise<void> => {
  await poolDb(payload).execute(sql`
    UPDATE parley.calendar_channels SET resource_id = ${opened.resourceId}, expires_at = ${new Date(opened.expiresAt).toISOString()}
    WHERE id = ${id}`)
}

/** The provider opens none for this calendar; it is asked again in a day. */
export const storeChannelRefused = async (payload: Payload, id: string): Promise<void> => {
  await poolDb(payload).execute(
    sql`UPDATE parley.calendar_channels SET expires_at = now() + interval '2 days' WHERE id = ${id}`,
  )
}

export const deleteChannel = async (payload: Payload, id: string): Promise<void> => {
  await poolDb(payload).execute(sql`DELETE FROM parley.calendar_channels WHERE id = ${id}`)
}

/** What is needed to take leave of a provider, sealed, and forgotten then. */
export const findFarewell = async (
  payload: Payload,
  connectionId: string,
): Promise<{ provider: CalendarProviderName; token: string } | null> => {
  const { rows } = await poolDb(payload).execute(sql`
    SELECT provider, farewell_token AS token FROM calendar_connections
    WHERE id = ${connectionId} AND status = 'disconnected' AND farewell_token IS NOT NULL`)
  return (rows[0] as { provider: CalendarProviderName; token: string } | undefined) ?? null
}

export const forgetFarewell = async (req: PayloadRequest, connectionId: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`UPDATE calendar_connections SET farewell_token = NULL WHERE id = ${connectionId}`)
  await db.execute(sql`
    DELETE FROM parley.calendar_channels WHERE connection_id = ${connectionId} AND calendar_id IS NULL`)
}
