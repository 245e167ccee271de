import { sql } from '@payloadcms/db-postgres'
import type { CollectionAfterChangeHook, CollectionAfterLoginHook, PayloadRequest } from 'payload'
import { acceptedLanguage } from '#notifications/accepted-language'
import { txDb, withTransaction } from '#database/transactions'
import { createId } from '#shared/ids'

type Login = { id: string; email: string; name: string; language: string | null }

/**
 * Gives a user whose address is verified the customer record of that address, so that they find what they booked as a guest;
 * makes one if there is none. Never takes one that belongs to somebody else. Running it again changes nothing.
 */
const claimCustomer = (from: PayloadRequest, { id, email, name, language }: Login): Promise<void> =>
  withTransaction(from, async (req) => {
    const db = await txDb(req)
    await db.execute(sql`
      INSERT INTO customers (id, user_id, email, name, time_zone, language, status, email_verified, updated_at, created_at)
      SELECT ${createId()}, ${id}, ${email.toLowerCase()}, ${name}, 'UTC', ${language ?? 'en'}, 'active', true, now(), now()
      WHERE NOT EXISTS (SELECT FROM customers WHERE user_id = ${id})
      ON CONFLICT (email) DO UPDATE SET user_id = excluded.user_id, email_verified = true, updated_at = now()
        WHERE customers.user_id IS NULL`)
  })

const isCustomer = (user: { roles?: readonly string[] | null }) => user.roles?.includes('customer') ?? false

/** For users whom staff verify, or who come verified. */
export const linkCustomer: CollectionAfterChangeHook = async ({ data, doc, previousDoc, req }) => {
  const isVerified: unknown = data._verified
  if (isVerified !== true || previousDoc?._verified === true || !isCustomer(data)) return doc
  if (typeof data.email === 'string' && typeof data.name === 'string') {
    await claimCustomer(req, { id: String(doc.id), email: data.email, name: data.name, language: null })
  }
  return doc
}

/** For users who follow the link in their mail: Payload calls no hook then, but nobody can log in before it. */
export const linkCustomerAtLogin: CollectionAfterLoginHook = async ({ req, user }) => {
  if (isCustomer(user)) {
    const { id, email, name } = user
    await claimCustomer(req, { id, email, name, language: acceptedLanguage(req.headers.get('accept-language')) })
  }
  return user
}
