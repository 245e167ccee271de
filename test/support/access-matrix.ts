import type { CollectionSlug } from 'payload'

export const matrixRoles = ['anonymous', 'customer', 'consultant', 'operations', 'admin'] as const
export type MatrixRole = (typeof matrixRoles)[number]

/** Which records: those that everybody may see (`public`), the caller's own, both, all, or none. */
export type Reach = 'none' | 'public' | 'own' | 'public+own' | 'all'

/** `own`: for oneself, not for others. `asks`: the request is answered, and makes no record. */
type Creates = 'no' | 'own' | 'asks' | 'yes'

export type Grant = { read: Reach; create: Creates; update: Reach; delete: Reach }

const grant = (read: Reach, create: Creates, update: Reach, remove: Reach): Grant => ({
  read,
  create,
  update,
  delete: remove,
})

const nothing = grant('none', 'no', 'none', 'none')
const everything = grant('all', 'yes', 'all', 'all')
const readsAll = grant('all', 'no', 'none', 'none')
const own = grant('own', 'no', 'none', 'none')
const editsOwn = grant('own', 'no', 'own', 'none')
const ownsIt = grant('own', 'own', 'own', 'own')

type Rows = Record<MatrixRole, Grant>

const rows = (anonymous: Grant, customer: Grant, consultant: Grant, staff: Grant | [Grant, Grant]): Rows => {
  const [operations, admin] = Array.isArray(staff) ? staff : [staff, staff]
  return { anonymous, customer, consultant, operations, admin }
}

/** Role × collection × operation: what the access rules are meant to be. */
export const accessMatrix = {
  // Whoever is not staff asks for an account with the request that makes a record of it.
  users: rows(
    grant('none', 'asks', 'none', 'none'),
    grant('own', 'asks', 'own', 'none'),
    grant('own', 'asks', 'own', 'none'),
    everything,
  ),
  customers: rows(nothing, editsOwn, own, everything),
  'consultant-profiles': rows(
    grant('public', 'no', 'none', 'none'),
    grant('public', 'no', 'none', 'none'),
    grant('public+own', 'no', 'own', 'none'),
    everything,
  ),
  'service-types': rows(
    grant('public', 'no', 'none', 'none'),
    grant('public', 'no', 'none', 'none'),
    grant('public', 'no', 'none', 'none'),
    everything,
  ),
  'custom-attributes': rows(nothing, nothing, nothing, everything),
  media: rows(
    grant('public', 'no', 'none', 'none'),
    grant('public+own', 'yes', 'own', 'own'),
    grant('public+own', 'yes', 'own', 'own'),
    everything,
  ),
  'availability-schedules': rows(nothing, nothing, ownsIt, everything),
  'availability-slots': rows(
    grant('public', 'no', 'none', 'none'),
    grant('public+own', 'no', 'none', 'none'),
    grant('public+own', 'own', 'own', 'own'),
    everything,
  ),
  'calendar-connections': rows(nothing, nothing, own, readsAll),
  'connected-calendars': rows(nothing, nothing, own, readsAll),
  'busy-times': rows(nothing, nothing, own, readsAll),
  'calendar-events': rows(nothing, nothing, own, readsAll),
  'calendar-differences': rows(nothing, nothing, own, readsAll),
  'consultation-requests': rows(nothing, editsOwn, editsOwn, everything),
  'scheduled-sessions': rows(nothing, editsOwn, editsOwn, [grant('all', 'yes', 'all', 'none'), everything]),
  meetings: rows(nothing, own, own, [readsAll, grant('all', 'no', 'none', 'all')]),
  'no-show-claims': rows(nothing, own, own, grant('all', 'no', 'all', 'none')),
  reviews: rows(
    grant('public', 'no', 'none', 'none'),
    grant('public+own', 'own', 'own', 'none'),
    grant('public+own', 'no', 'own', 'none'),
    everything,
  ),
  payments: rows(nothing, own, own, grant('all', 'no', 'all', 'none')),
  refunds: rows(nothing, own, own, grant('all', 'no', 'all', 'none')),
  transfers: rows(nothing, nothing, own, grant('all', 'no', 'all', 'none')),
  'payout-accounts': rows(nothing, nothing, own, grant('all', 'no', 'all', 'none')),
  disputes: rows(nothing, nothing, own, grant('all', 'no', 'all', 'none')),
  invoices: rows(nothing, own, nothing, readsAll),
  'reconciliation-runs': rows(nothing, nothing, nothing, readsAll),
  'reconciliation-findings': rows(nothing, nothing, nothing, grant('all', 'no', 'all', 'none')),
  'ledger-entries': rows(nothing, nothing, nothing, readsAll),
  'stripe-events': rows(nothing, nothing, nothing, readsAll),
  notifications: rows(nothing, editsOwn, editsOwn, grant('all', 'no', 'all', 'all')),
} as const satisfies Partial<Record<CollectionSlug, Rows>>

export type MatrixCollection = keyof typeof accessMatrix

// Object.keys gives string[]; the matrix' keys are exactly its collections.
export const matrixCollections = Object.keys(accessMatrix) as MatrixCollection[]
