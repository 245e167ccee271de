import type { PayloadRequest } from 'payload'
import { isConsultant } from './roles'

type OwnRecords = { consultant?: Promise<string | undefined>; customer?: Promise<string | undefined> }

/**
 * Field access asks for every document of a list, so each is looked up once per request. Kept in its context: Payload makes that anew with every
 * call of its own, but takes along what is in it.
 */
const recordsOf = ({ context }: PayloadRequest, userId: string): OwnRecords => {
  const known =
    context.ownRecords instanceof Map ? (context.ownRecords as Map<string, OwnRecords>) : new Map<string, OwnRecords>()
  context.ownRecords = known
  const records = known.get(userId) ?? {}
  known.set(userId, records)
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
