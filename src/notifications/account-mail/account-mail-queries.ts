import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'
import { hashToken } from '#shared/ids'

/** Which mail about a login is to be sent. Of the token there is the hash alone: the one place where it stands is the login. */
export type AccountMailFacts = {
  userId: string
  kind: 'account_verify' | 'password_reset'
  tokenHash: string
  language: string | null
}

/** The language somebody booked in, under this login or this address; null when they never did. */
export const findBookingLanguage = async (
  req: PayloadRequest,
  user: { id: string; email: string },
): Promise<string | null> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT language FROM customers WHERE user_id = ${user.id} OR email = ${user.email.toLowerCase()}
    ORDER BY user_id = ${user.id} DESC NULLS LAST LIMIT 1`)
  const language = rows[0]?.language
  return typeof language === 'string' ? language : null
}

/**
 * Whose mail this is and the token for its link, while that still opens something: not after the address was verified, another link was
 * asked for, or the login was deactivated or deleted.
 */
export const findAccountRecipient = async (
  req: PayloadRequest,
  { userId, kind, tokenHash }: AccountMailFacts,
): Promise<{ name: string; email: string; token: string } | undefined> => {
  const db = await readDb(req)
  const open =
    kind === 'account_verify'
      ? { token: sql`_verificationtoken`, while: sql`_verified IS NOT TRUE` }
      : { token: sql`reset_password_token`, while: sql`reset_password_expiration > now()` }
  const { rows } = await db.execute(sql`
    SELECT name, email, ${open.token} AS token FROM users
    WHERE id = ${userId} AND is_active IS NOT FALSE AND ${open.while} AND ${open.token} IS NOT NULL`)
  const found = rows[0] as { name: string; email: string; token: string } | undefined
  return found && hashToken(found.token) === tokenHash ? found : undefined
}
