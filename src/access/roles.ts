import type { PayloadRequest } from 'payload'

/** What a login may be. One person can have several. */
export const userRoles = {
  admin: 'Administrator',
  operations: 'Operations',
  consultant: 'Consultant',
  customer: 'Customer',
} as const satisfies Record<string, string>

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
