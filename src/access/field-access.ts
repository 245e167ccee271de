import type { FieldAccess } from 'payload'
import { ownConsultantId, ownCustomerId } from './own-records'
import { relatedId } from './related-id'
import { isAdmin, isStaff } from './roles'

type Settable = { create: FieldAccess; update: FieldAccess }

export const nobodyField: FieldAccess = () => false
export const adminField: FieldAccess = ({ req }) => isAdmin(req)
/** Administrators and operations. */
export const staffField: FieldAccess = ({ req }) => isStaff(req)

/** Computed by our own code; shown, but set by nobody. */
export const derived: Settable = { create: nobodyField, update: nobodyField }

/** Shown to whoever sees the record; set by staff. */
export const setByStaff: Settable = { create: staffField, update: staffField }

/** Given once, when the record is made; afterwards changed by staff alone. */
export const fixedForOwners: Pick<Settable, 'update'> = { update: staffField }

/** Neither shown nor set: hashes of tokens and the like. */
export const secret: Settable & { read: FieldAccess } = { ...derived, read: nobodyField }

/** Shown to and set by staff. */
export const staffOnly: Settable & { read: FieldAccess } = { ...setByStaff, read: staffField }

/** Shown to staff, set by nobody. */
export const staffReadsOnly: Settable & { read: FieldAccess } = { ...derived, read: staffField }

/** Staff, and the consultant whom the record (in its field `consultant`) belongs to. */
export const hostField: FieldAccess = async ({ req, doc }) => {
  if (isStaff(req)) return true
  const consultant = relatedId(doc?.consultant)
  return consultant !== undefined && consultant === (await ownConsultantId(req))
}

/**
 * `hostField`, and where there is no record yet, as in the form of a new one, whoever is a consultant. For fields that are empty in all records
 * of others that a consultant can see: where there is no record, it is also asked whether records may be looked for by the field.
 */
export const hostFieldInForms: FieldAccess = async (args) => {
  if (await hostField(args)) return true
  // A form hands on what is typed in it, which has no id until it is stored.
  return args.doc?.id === undefined && (await ownConsultantId(args.req)) !== undefined
}

/** Staff, the consultant and the customer of the record: everybody but the public. */
export const participantField: FieldAccess = async (args) => {
  if (await hostField(args)) return true
  const customer = relatedId(args.doc?.customer)
  return customer !== undefined && customer === (await ownCustomerId(args.req))
}

/** Staff and the customer of the record. */
export const customerField: FieldAccess = async ({ req, doc }) => {
  if (isStaff(req)) return true
  const customer = relatedId(doc?.customer)
  return customer !== undefined && customer === (await ownCustomerId(req))
}

/** On a consultation request: staff, the consultant it was given to, and the requester. */
export const requestPartyField: FieldAccess = async ({ req, doc }) => {
  if (isStaff(req)) return true
  return (
    matches(relatedId(doc?.assignedConsultant), await ownConsultantId(req)) ||
    matches(relatedId(doc?.requester), await ownCustomerId(req))
  )
}

/** On a consultation request: staff and the consultant it was given to. */
export const assignedField: FieldAccess = async ({ req, doc }) =>
  isStaff(req) || matches(relatedId(doc?.assignedConsultant), await ownConsultantId(req))

/** On a consultant profile: staff and its owner. */
export const ownProfileField: FieldAccess = async ({ req, id, doc }) =>
  isStaff(req) || matches(id ?? doc?.id, await ownConsultantId(req))

/** On a customer: staff and its owner. */
export const ownCustomerField: FieldAccess = async ({ req, id, doc }) =>
  isStaff(req) || matches(id ?? doc?.id, await ownCustomerId(req))

/** On a picture: staff and whoever uploaded it. */
export const uploaderField: FieldAccess = ({ req, doc }) =>
  isStaff(req) || (req.user?.id !== undefined && relatedId(doc?.uploadedBy) === req.user.id)

const matches = (id: unknown, own: string | undefined): boolean => own !== undefined && id === own
