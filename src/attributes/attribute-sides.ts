import type { PayloadRequest } from 'payload'
import { ownConsultantId, ownCustomerId } from '#access/own-records'
import { relatedId } from '#access/related-id'
import { isConsultant, isStaff } from '#access/roles'
import type { AttributeSubject } from './attribute-kinds'
import type { AttributeViewer } from './decide-attribute-access'

type Side = 'customer' | 'consultant'
type Doc = Partial<Record<'id' | 'consultant' | 'customer', unknown>>

const is = (id: unknown, own: string | undefined): boolean => own !== undefined && relatedId(id) === own

/** As whom the caller looks at one record that they see. */
export const viewerOfRecord = async (
  req: PayloadRequest,
  subject: AttributeSubject,
  doc: Doc | undefined,
): Promise<AttributeViewer> => {
  if (isStaff(req)) return 'staff'
  if (!req.user) return []
  const when = (side: Side, holds: boolean): Side[] => (holds ? [side] : [])
  switch (subject) {
    case 'scheduled-sessions':
      return [
        ...when('consultant', is(doc?.consultant, await ownConsultantId(req))),
        ...when('customer', is(doc?.customer, await ownCustomerId(req))),
      ]
    case 'customers': {
      // Who sees a customer that they are not has met them as a consultant: the collection's access shows no others.
      const isOwn = is(doc?.id, await ownCustomerId(req))
      return isOwn ? ['customer'] : when('consultant', isConsultant(req))
    }
    case 'consultant-profiles':
      return when('consultant', is(doc?.id, await ownConsultantId(req)))
    case 'service-types':
      return when('consultant', isConsultant(req))
  }
}

/** All sides that the caller may be on in a list of these records; `stranger` where it holds records of others. */
export const sidesInLists = async (
  req: PayloadRequest,
  subject: AttributeSubject,
): Promise<'staff' | (Side | 'stranger')[]> => {
  if (isStaff(req)) return 'staff'
  if (!req.user) return ['stranger']
  switch (subject) {
    case 'scheduled-sessions':
    case 'customers': {
      const isHost = subject === 'customers' ? isConsultant(req) : (await ownConsultantId(req)) !== undefined
      const isGuest = (await ownCustomerId(req)) !== undefined
      return [...(isHost ? (['consultant'] as const) : []), ...(isGuest ? (['customer'] as const) : [])]
    }
    case 'consultant-profiles':
      return ['stranger']
    case 'service-types':
      return isConsultant(req) ? ['consultant'] : ['stranger']
  }
}
