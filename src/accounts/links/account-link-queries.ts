import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { deleteInBatches } from '#database/delete-in-batches'
import { txDb } from '#database/transactions'
import { createId } from '#shared/ids'
import { accountLinkPurposes, type AccountLinkPurpose } from './account-link-kinds'
import type { AddressOwner } from './decide-account-mail'

/** A link about a login as it stands. Instants are epoch milliseconds. */
export type AccountLink = {
  id: string
  purpose: AccountLinkPurpose
  userId: string | null
  /** In lower case. */
  address: string
  name: string
  language: string | null
  expiresAt: number
  usedAt: number | null
}

/** Whoever deals with links of an address waits here for the others, until the transaction ends. */
export const lockAddress = async (req: PayloadRequest, address: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`account:${address}`}, 0))`)
}

type NewLink = Pick<AccountLink, 'purpose' | 'userId' | 'address' | 'name' | 'language'>

/**
 * Writes a link down, unless its address was sent as many of them as it may be within the hour. Lock the address before.
 * @returns its id; undefined when there were too many.
 */
export const insertAccountLink = async (req: PayloadRequest, link: NewLink): Promise<string | undefined> => {
  const { purpose, userId, address, name, language } = link
  const { validMinutes, mostPerHour } = accountLinkPurposes[purpose]
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    INSERT INTO parley.account_links (id, asked_for, purpose, user_id, address, name, language, expires_at)
    SELECT ${createId()}, ${purpose}, ${purpose}, ${userId}::uuid, ${address}, ${name}, ${language},
      now() + ${validMinutes}::int * interval '1 minute'
    WHERE ${mostPerHour}::int IS NULL OR ${mostPerHour}::int > (
      SELECT count(*) FROM parley.account_links
      WHERE address = ${address} AND asked_for = ${purpose} AND created_at > now() - interval '1 hour')
    RETURNING id`)
  const id = rows[0]?.id
  return typeof id === 'string' ? id : undefined
}

const columns = sql`
  id, purpose, user_id AS "userId", address, name, language, (extract(epoch FROM expires_at) * 1000)::float8 AS "expiresAt",
  (extract(epoch FROM used_at) * 1000)::float8 AS "usedAt"`

/** The address of a link, which is locked before the link is read. */
export const findLinkAddress = async (req: PayloadRequest, id: string): Promise<string | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`SELECT address FROM parley.account_links WHERE id = ${id}`)
  const address = rows[0]?.address
  return typeof address === 'string' ? address : undefined
}

/** A link, locked until the transaction ends. */
export const lockAccountLink = async (req: PayloadRequest, id: string): Promise<AccountLink | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`SELECT ${columns} FROM parley.account_links WHERE id = ${id} FOR UPDATE`)
  return rows[0] as AccountLink | undefined
}

/** Whose login an address is. */
export const findAddressOwner = async (req: PayloadRequest, address: string): Promise<AddressOwner | null> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT id, name, is_active IS NOT FALSE AS "isActive", _verified IS TRUE AS "isConfirmed" FROM users WHERE email = ${address}`)
  return (rows[0] as AddressOwner | undefined) ?? null
}

/** Whether the owner of an address was told within the hour that somebody tried to register with it. */
export const wasToldOfRegistration = async (req: PayloadRequest, address: string): Promise<boolean> => {
  const db = await txDb(req)
  const { rowCount } = await db.execute(sql`
    SELECT FROM parley.account_links
    WHERE address = ${address} AND purpose = 'known' AND created_at > now() - interval '1 hour' LIMIT 1`)
  return (rowCount ?? 0) > 0
}

/** What a link turned out to be about when its mail goes out. If that is not what was asked for, its time begins now. */
export const storeLinkPurpose = async (
  req: PayloadRequest,
  id: string,
  { purpose, userId }: { purpose: AccountLinkPurpose; userId: string | null },
): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`
    UPDATE parley.account_links SET purpose = ${purpose}, user_id = ${userId}::uuid,
      expires_at = CASE WHEN purpose = ${purpose} THEN expires_at
        ELSE now() + ${accountLinkPurposes[purpose].validMinutes}::int * interval '1 minute' END
    WHERE id = ${id}`)
}

/** The link was used, and opens nothing any more. */
export const storeLinkUsed = async (req: PayloadRequest, id: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`UPDATE parley.account_links SET used_at = now() WHERE id = ${id}`)
}

/** Ends the open links of an address: all of them, or those that are about the same. */
export const endAccountLinks = async (
  req: PayloadRequest,
  address: string,
  only?: { purpose: AccountLinkPurpose } | { id: string },
): Promise<void> => {
  const db = await txDb(req)
  const which = only === undefined ? sql`true` : 'id' in only ? sql`id = ${only.id}` : sql`purpose = ${only.purpose}`
  await db.execute(sql`
    UPDATE parley.account_links SET expires_at = now()
    WHERE address = ${address} AND used_at IS NULL AND expires_at > now() AND ${which}`)
}

/** Removes links a week after they have run out: until then whoever follows one is told so. */
export const deleteOldAccountLinks = (payload: Payload): Promise<number> =>
  deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM parley.account_links WHERE id IN (
        SELECT id FROM parley.account_links WHERE expires_at < now() - interval '7 days' ORDER BY expires_at LIMIT ${limit})`,
  )
