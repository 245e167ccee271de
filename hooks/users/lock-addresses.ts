import type { CollectionBeforeChangeHook } from 'payload'
import { lockAddress } from '#accounts/links/account-link-queries'
import { loginAccountOf } from '#accounts/guard-login'

/**
 * Whoever gives an address to a user, or takes it from one, waits for whoever opens a link that was mailed to it, before anything is written: those lock
 * the address first and the user after it, and in another order each would wait for the other.
 */
export const lockAddresses: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  const before = addressOf(originalDoc)
  const after = addressOf(data) ?? before
  if (before === after) return data
  const addresses = [before, after].filter((address) => address !== undefined)
  for (const address of addresses.toSorted()) await lockAddress(req, address)
  return data
}

const addressOf = (user: unknown): string | undefined =>
  typeof user === 'object' && user !== null && 'email' in user && typeof user.email === 'string'
    ? loginAccountOf(user.email)
    : undefined
