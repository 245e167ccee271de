import type { CollectionAfterChangeHook, CollectionAfterLoginHook } from 'payload'
import { claimCustomer } from '#accounts/login-queries'
import { acceptedLanguage } from '#notifications/accepted-language'

const isCustomer = (user: { roles?: readonly string[] | null }) => user.roles?.includes('customer') ?? false

/** For users whose address is confirmed with this write, or who come confirmed. */
export const linkCustomer: CollectionAfterChangeHook = async ({ data, doc, previousDoc, req }) => {
  const isConfirmed: unknown = data._verified
  if (isConfirmed !== true || previousDoc?._verified === true || !isCustomer(data)) return doc
  const { spokenLanguage } = req.context
  if (typeof data.email === 'string' && typeof data.name === 'string') {
    const language = typeof spokenLanguage === 'string' ? spokenLanguage : null
    await claimCustomer(req, { id: String(doc.id), email: data.email, name: data.name, language })
  }
  return doc
}

/** For users who became customers, or were confirmed, past the hooks. */
export const linkCustomerAtLogin: CollectionAfterLoginHook = async ({ req, user }) => {
  if (isCustomer(user)) {
    const { id, email, name } = user
    await claimCustomer(req, { id, email, name, language: acceptedLanguage(req.headers.get('accept-language')) })
  }
  return user
}
