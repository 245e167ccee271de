import type { PayloadRequest, RequestContext } from 'payload'
import { isConsultant } from './roles'

type OwnRecords = { consultant?: Promise<string | undefined>; customer?: Promise<string | undefined> }

/** Field access asks for every document of a list, so each is looked up once per request. */
const known = new WeakMap<RequestContext, Map<string, OwnRecords>>()

const recordsOf = (req: PayloadRequest, userId: string): OwnRecords => {
  let users = known.get(req.context)
  if (!users) known.set(req.context, (users = new Map<string, OwnRecords>()))
  let records = users.get(userId)
  if (!records) users.set(userId, (records = {}))
  return records
}

const findOwn = async (
  req: PayloadRequest,
  collection: 'consultant-profiles' | 'customers',
  userId: string,
): Promise<string | undefined> => {
  const { docs } = await req.payload.find({
    collection,
    where: { user: { equals: userId } },
    depth: 0,
    limit: 1,
    pagination: false,
    select: {},
    req,
  })
  return docs[0]?.id
}

/** The id of the caller's consultant profile; undefined for everybody who is no consultant. */
export const ownConsultantId = (req: PayloadRequest): Promise<string | undefined> => {
  if (!req.user || !isConsultant(req)) return Promise.resolve(undefined)
  const records = recordsOf(req, req.user.id)
  return (records.consultant ??= findOwn(req, 'consultant-profiles', req.user.id))
}

/** The id of the caller's customer record; undefined when nobody is logged in or they never booked. */
export const ownCustomerId = (req: PayloadRequest): Promise<string | undefined> => {
  if (!req.user) return Promise.resolve(undefined)
  const records = recordsOf(req, req.user.id)
  return (records.customer ??= findOwn(req, 'customers', req.user.id))
}
