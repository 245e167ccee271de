import type { Access } from 'payload'
import { isAdmin, isStaff } from './roles'

/** Everybody, logged in or not. */
export const anyone: Access = () => true

/** Nobody through REST, GraphQL or the admin: only our own code writes it. */
export const nobody: Access = () => false

export const admins: Access = ({ req }) => isAdmin(req)

/** Administrators and operations. */
export const staff: Access = ({ req }) => isStaff(req)
