import type { CollectionBeforeChangeHook, PayloadRequest } from 'payload'
import type { ConsultantProfile, Customer } from '#payload-types'
import { relatedId } from '#access/related-id'
import type { FormerOwner } from '#accounts/deliver-login-news'
import { isGivenAway } from '#accounts/is-given-away'
import { requireFreshLogin } from '#accounts/require-fresh-login'
import { tellOwner } from '#accounts/tell-owner'

/**
 * Whoever has the record of a person has their bookings, cards and money. It is given to another login by somebody who has logged in a short while ago, and whoever had it is told.
 * A new record holds nothing of anybody. The Local API without a user is our own code.
 * @throws DomainError `fresh_login_required`.
 */
export const guardOwnerChange: CollectionBeforeChangeHook<Customer | ConsultantProfile> = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (!req.user || operation !== 'update' || !originalDoc || !isGivenAway(originalDoc, data)) return data
  await requireFreshLogin(req)
  const userId = relatedId(data.user)
  const former = await findFormerOwner(req, originalDoc)
  const owner = userId === undefined ? null : await findLogin(req, userId)
  if (owner && former && former.email !== owner.email) {
    await tellOwner(req, owner.id, 'login_record_given', former)
  }
  return data
}

/** Its login, or whoever booked as a guest; nobody whose address may be a stranger's. */
const findFormerOwner = async (
  req: PayloadRequest,
  record: Customer | ConsultantProfile,
): Promise<FormerOwner | null> => {
  const userId = relatedId(record.user)
  if (userId !== undefined) {
    const user = await findLogin(req, userId)
    return user?._verified === true ? { name: user.name, email: user.email } : null
  }
  const { name, email } = record
  return 'emailVerified' in record && record.emailVerified === true && email ? { name, email } : null
}

const findLogin = (req: PayloadRequest, id: string) =>
  req.payload.findByID({ collection: 'users', id, depth: 0, disableErrors: true, overrideAccess: true, req })
