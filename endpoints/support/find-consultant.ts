import type { PayloadRequest } from 'payload'
import { ownConsultantId } from '#access/own-records'
import { isStaff } from '#access/roles'
import { DomainError } from '#shared/errors'
import { isUuid } from '#shared/ids'

const noSuch = () => new DomainError('not_found', 'There is no such consultant.')

/**
 * The consultant profile that a login acts for: a consultant's own, or the one that staff name by slug or id.
 * @throws DomainError `unauthenticated`, `forbidden` for other roles, `invalid_request` when staff name nobody, `not_found`.
 */
export const findActingConsultant = async (req: PayloadRequest, named: string | undefined): Promise<string> => {
  if (!req.user) throw new DomainError('unauthenticated', 'Log in as a consultant.')
  const own = await ownConsultantId(req)
  if (!isStaff(req)) {
    if (own === undefined) throw new DomainError('forbidden', 'Only consultants have one.')
    if (named === undefined) return own
  }
  const wanted = named ?? own
  if (wanted === undefined) {
    throw new DomainError('invalid_request', 'Say which consultant is meant.', {
      errors: [{ path: 'consultant', message: 'is required for staff' }],
    })
  }
  const { docs } = await req.payload.find({
    collection: 'consultant-profiles',
    where: { [isUuid(wanted) ? 'id' : 'slug']: { equals: wanted } },
    depth: 0,
    limit: 1,
    pagination: false,
    select: {},
    req,
  })
  const id = docs[0]?.id
  // To a consultant the others are as good as not there.
  if (id === undefined || (!isStaff(req) && id !== own)) throw noSuch()
  return id
}
