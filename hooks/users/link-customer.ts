import type { CollectionAfterChangeHook } from 'payload'
import { claimCustomer } from '#accounts/login-queries'

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
