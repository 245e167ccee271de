import type { PayloadRequest } from 'payload'
import type { Words } from '#shared/words'

/** What a login may be. One person can have several. */
export const userRoles = {
  admin: { en: 'Administrator', de: 'Administration' },
  operations: { en: 'Operations', de: 'Betriebsteam' },
  consultant: { en: 'Consultant', de: 'Fachperson' },
  customer: { en: 'Customer', de: 'Kundin/Kunde' },
} as const satisfies Record<string, Words>

export type UserRole = keyof typeof userRoles

/** The part of a request that says who is asking. */
export type Asking = Pick<PayloadRequest, 'user'>

/** Whether the caller is logged in with one of these roles. */
export const hasRole = ({ user }: Asking, ...roles: UserRole[]): boolean =>
  user?.collection === 'users' && roles.some((role) => user.roles.includes(role))

export const isAdmin = (req: Asking): boolean => hasRole(req, 'admin')

/** Administrators and operations. */
export const isStaff = (req: Asking): boolean => hasRole(req, 'admin', 'operations')

/** Consultants, whatever else they are. */
export const isConsultant = (req: Asking): boolean => hasRole(req, 'consultant')
