import type { CollectionBeforeValidateHook } from 'payload'
import { ownCustomerId } from '#access/own-records'
import { relatedId } from '#access/related-id'
import { isStaff } from '#access/roles'
import { heldSessions } from '#sessions/session-states'
import { DomainError } from '#shared/errors'
import { isOneOf } from '#shared/state-table'

/** `Ada Lovelace` → `Ada L.`: enough to read as a person, too little to be looked up. */
export const toAuthorName = (name: string): string => {
  const [first = '', ...others] = name.trim().split(/\s+/)
  const initial = others.at(-1)?.at(0)
  return initial ? `${first} ${initial.toUpperCase()}.` : first
}

/**
 * A review belongs to a completed session, one each (a unique index), by its customer. Whom it is about and who wrote it
 * follow from the session, whatever was sent.
 * @throws DomainError `not_found` for somebody else's session, `illegal_transition` before it was completed.
 */
export const completeReview: CollectionBeforeValidateHook = async ({ data, operation, req }) => {
  if (operation !== 'create' || !data) return data
  const sessionId = relatedId(data.scheduledSession)
  if (sessionId === undefined) return data
  const session = await req.payload.findByID({
    collection: 'scheduled-sessions',
    id: sessionId,
    depth: 0,
    disableErrors: true,
    req,
  })
  const customerId = relatedId(session?.customer)
  const isForOthers = req.user !== null && !isStaff(req) && customerId !== (await ownCustomerId(req))
  if (!session || customerId === undefined || isForOthers) {
    throw new DomainError('not_found', 'There is no such session.')
  }
  if (!isOneOf(heldSessions, session.status)) {
    throw new DomainError('illegal_transition', 'A session can be reviewed once it is completed.')
  }
  const customer = await req.payload.findByID({ collection: 'customers', id: customerId, depth: 0, req })
  return {
    ...data,
    consultant: relatedId(session.consultant),
    customer: customerId,
    authorName: toAuthorName(customer.name),
    isVerifiedBooking: true,
  }
}
