import type { PayloadRequest } from 'payload'
import type { User } from '#payload-types'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import type { AccountPage } from './account-link-kinds'
import {
  type AccountLink,
  endAccountLinks,
  findAddressOwner,
  findLinkAddress,
  lockAccountLink,
  lockAddress,
  storeLinkUsed,
} from './account-link-queries'
import { linkIdOf } from './account-link-token'
import { decideLinkUse, refuseUnknownLink } from './decide-link-use'

/** The request has no user: whoever is logged in beside the mail they opened is not asked. */
const setPassword = async (
  req: PayloadRequest,
  link: AccountLink,
  { password, use }: { password: string; use: ReturnType<typeof decideLinkUse> },
): Promise<User> => {
  if (!use.create) {
    // A new password ends all login sessions.
    return req.payload.update({
      collection: 'users',
      id: use.userId,
      data: { password, _verified: true, loginAttempts: 0, lockUntil: null },
      depth: 0,
      req,
    })
  }
  const { address: email, name, language } = link
  return req.payload.create({
    collection: 'users',
    data: { email, name, password, roles: ['customer'], isActive: true, _verified: true },
    context: { spokenLanguage: language },
    depth: 0,
    req,
  })
}

/** In the same transaction, and of nobody; what is wrong with a password is said in the language of whoever asks. */
const withoutUser = async ({ headers, payload, transactionID }: PayloadRequest): Promise<PayloadRequest> => {
  const language = headers.get('accept-language')
  return Object.assign(await localRequest(payload), {
    transactionID,
    headers: new Headers(language === null ? [] : [['Accept-Language', language]]),
  })
}

/**
 * Sets a password with a link that was mailed, and confirms by it that the address is theirs: makes the login of somebody who registered,
 * with the customer record of the address. The link opens once, also when it is sent twice at the same time, and every other one of the address ends.
 * @throws DomainError `not_found`, `link_expired`; ValidationError for a password that will not do, which leaves the link as it was.
 */
export const openAccountLink = (
  from: PayloadRequest,
  { token, password, page }: { token: string; password: string; page: AccountPage },
): Promise<User> =>
  withTransaction(from, async (tx) => {
    const req = await withoutUser(tx)
    const linkId = linkIdOf(token)
    const address = linkId === undefined ? undefined : await findLinkAddress(req, linkId)
    if (linkId === undefined || address === undefined) return refuseUnknownLink()
    await lockAddress(req, address)
    const link = await lockAccountLink(req, linkId)
    if (!link) return refuseUnknownLink()
    const owner = await findAddressOwner(req, address)
    const use = decideLinkUse(link, { owner, page, now: Date.now() })
    const user = await setPassword(req, link, { password, use })
    await storeLinkUsed(req, linkId)
    await endAccountLinks(req, address)
    return user
  })
