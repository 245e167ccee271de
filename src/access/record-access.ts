import type { Access, PayloadRequest, Where } from 'payload'
import { ownConsultantId, ownCustomerId } from './own-records'
import { relatedId } from './related-id'
import { isStaff } from './roles'

/** A condition that is met by one field having one value; undefined when there is no value to have. */
const matching = (field: string, value: string | undefined): Where | undefined =>
  value === undefined ? undefined : { [field]: { equals: value } }

/** Whatever is granted, joined by "or". Nothing granted: refused. */
const anyOf = (...grants: (Where | undefined)[]): boolean | Where => {
  const given = grants.filter((grant) => grant !== undefined)
  const [first] = given
  if (!first) return false
  return given.length === 1 ? first : { or: given }
}

/** Records whose `consultant` is the caller. Staff: all. */
export const ofOwnConsultant: Access = async ({ req }) =>
  isStaff(req) || anyOf(matching('consultant', await ownConsultantId(req)))

/** Records whose `consultant` or `customer` is the caller. Staff: all. */
export const ofOwnConsultantOrCustomer: Access = async ({ req }) =>
  isStaff(req) ||
  anyOf(matching('consultant', await ownConsultantId(req)), matching('customer', await ownCustomerId(req)))

/** A booking whose customer has not opened the mailed link is none of the consultant's yet, and never is when it comes to nothing. */
const heardOf: Where = { emailConfirmBy: { exists: false } }

/** Sessions of which the caller is the consultant and has heard, or the customer. Staff: all. */
export const ofOwnSessions: Access = async ({ req }) => {
  if (isStaff(req)) return true
  const host = matching('consultant', await ownConsultantId(req))
  return anyOf(host && { and: [host, heardOf] }, matching('customer', await ownCustomerId(req)))
}

/** Records whose `customer` is the caller. Staff: all. */
export const ofOwnCustomer: Access = async ({ req }) =>
  isStaff(req) || anyOf(matching('customer', await ownCustomerId(req)))

/** New records for the caller's own consultant profile. Staff: for anybody. */
export const createForOwnConsultant: Access = async ({ req, data }) => {
  if (isStaff(req)) return true
  const own = await ownConsultantId(req)
  if (own === undefined) return false
  // Asked without data: may the caller make one at all? The admin shows its button by this.
  return data?.consultant === undefined || relatedId(data.consultant) === own
}

/** The caller's own user. Staff: all. */
export const ownUser: Access = ({ req }) => isStaff(req) || anyOf(matching('id', req.user?.id))

/** The records of a profile that is shown. */
const ofShownConsultant: Where = {
  and: [{ 'consultant._status': { equals: 'published' } }, { 'consultant.isPublic': { equals: true } }],
}

const publicProfile: Where = { and: [{ _status: { equals: 'published' } }, { isPublic: { equals: true } }] }

/** Profiles that are published and public, and the caller's own. Staff: all. */
export const publicOrOwnProfile: Access = async ({ req }) =>
  isStaff(req) || anyOf(publicProfile, matching('id', await ownConsultantId(req)))

/** The caller's own profile. Staff: all. */
export const ownProfile: Access = async ({ req }) => isStaff(req) || anyOf(matching('id', await ownConsultantId(req)))

/** Versions of the caller's own profile. Staff: all. */
export const ownProfileVersions: Access = async ({ req }) =>
  isStaff(req) || anyOf(matching('parent', await ownConsultantId(req)))

/** Service types that are offered now. Staff: all. */
export const activeServiceTypes: Access = ({ req }) => isStaff(req) || { isActive: { equals: true } }

/** Published free time that is still to come, and the caller's own claims and slots. Staff: all. */
export const publishedOrOwnSlots: Access = async ({ req }) =>
  isStaff(req) ||
  anyOf(
    {
      and: [{ status: { equals: 'available' } }, { startsAt: { greater_than: new Date().toISOString() } }],
    },
    matching('consultant', await ownConsultantId(req)),
    matching('customer', await ownCustomerId(req)),
  )

/** Approved public reviews of consultants who are shown, and those of and about the caller. Staff: all. */
export const publicOrOwnReviews: Access = async ({ req }) =>
  isStaff(req) ||
  anyOf(
    { and: [{ isPublic: { equals: true } }, { 'moderation.status': { equals: 'approved' } }, ofShownConsultant] },
    matching('consultant', await ownConsultantId(req)),
    matching('customer', await ownCustomerId(req)),
  )

/** Customers review their own sessions (a hook checks which). Staff: for anybody. */
export const createReview: Access = async ({ req }) => isStaff(req) || (await ownCustomerId(req)) !== undefined

/** Requests that were given to the caller as a consultant, or that they made. Staff: all. */
export const assignedOrOwnRequests: Access = async ({ req }) =>
  isStaff(req) ||
  anyOf(matching('assignedConsultant', await ownConsultantId(req)), matching('requester', await ownCustomerId(req)))

/** Messages to the caller that the app shows; a row for another channel says the same once more. Staff: all. */
export const ownNotifications: Access = async ({ req }) => {
  if (isStaff(req)) return true
  const own = anyOf(matching('recipient', req.user?.id), matching('recipientCustomer', await ownCustomerId(req)))
  return typeof own === 'object' ? { and: [own, { channels: { in: ['in-app'] } }] } : own
}

/** The caller's own customer record. Staff: all. */
export const ownCustomer: Access = async ({ req }) => isStaff(req) || anyOf(matching('id', await ownCustomerId(req)))

/** The caller's own customer record, and those whom the caller has (had) sessions with as a consultant. Staff: all. */
export const ownCustomerOrThoseMet: Access = async ({ req }) =>
  isStaff(req) || anyOf(matching('id', await ownCustomerId(req)), await customersMet(req))

/** Everybody who is logged in. */
export const createMedia: Access = ({ req }) => Boolean(req.user)

/** Media meant for the public, and what the caller uploaded. Staff: all. */
export const publicOrOwnMedia: Access = ({ req }) =>
  isStaff(req) || anyOf({ isPublic: { equals: true } }, matching('uploadedBy', req.user?.id))

/** What the caller uploaded. Staff: all. */
export const ownMedia: Access = ({ req }) => isStaff(req) || anyOf(matching('uploadedBy', req.user?.id))

const customersMet = async (req: PayloadRequest): Promise<Where | undefined> => {
  const consultant = await ownConsultantId(req)
  if (consultant === undefined) return undefined
  const { values } = await req.payload.findDistinct({
    collection: 'scheduled-sessions',
    field: 'customer',
    where: { and: [{ consultant: { equals: consultant } }, heardOf] },
    depth: 0,
    limit: 0,
    req,
  })
  const ids = values.flatMap(({ customer }) => relatedId(customer) ?? [])
  return ids.length ? { id: { in: ids } } : undefined
}
