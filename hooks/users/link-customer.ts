import type { CollectionAfterChangeHook, CollectionAfterLoginHook } from 'payload'
import { claimCustomer } from '#accounts/login-queries'
import { acceptedLanguage } from '#notifications/accepted-language'

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
