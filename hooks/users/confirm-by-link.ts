import type { CollectionAfterChangeHook, CollectionBeforeChangeHook, CollectionBeforeOperationHook } from 'payload'
import { inviteUser } from '#accounts/links/invite-user'
import { DomainError } from '#shared/errors'
import { createToken } from '#shared/ids'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Who is invited chooses a password of their own: whoever makes the login need not think of one. */
export const giveRandomPassword: CollectionBeforeOperationHook = ({ args, operation }) => {
  const data: unknown = 'data' in args ? args.data : undefined
  if (operation !== 'create' || !isRecord(data)) return args
  const hasNone = data.password === undefined || data.password === null || data.password === ''
  return hasNone ? { ...args, data: { ...data, password: createToken() } } : args
}

/**
 * A new user is confirmed where that is said, and else not. Nobody vouches for an address whose login has a password that somebody else may have chosen: who confirms it without the mailed link
 * sets a new password as well.
 * @throws DomainError `forbidden`. The Local API without a user is our own code.
 */
export const guardConfirmation: CollectionBeforeChangeHook = ({ data, operation, originalDoc, req }) => {
  if (operation === 'create') return { ...data, _verified: data._verified === true }
  if (!req.user) return data
  // A form that was open meanwhile takes nothing back; who is to be kept out is switched off.
  if (originalDoc?._verified === true) return { ...data, _verified: true }
  if (data._verified !== true) return data
  if (typeof data.password === 'string' && data.password !== '') return data
  const message = 'Send an invitation: whoever opens it confirms the address. Or set a new password with it.'
  throw new DomainError('forbidden', message, { errors: [{ path: '_verified', message }] })
}

/** Users who come without a confirmed address are mailed the link to confirm it. */
export const inviteNewUser: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
  const user: unknown = doc
  if (operation !== 'create' || !isRecord(user) || user._verified === true) return doc
  const { id, email, name } = user
  if (typeof id === 'string' && typeof email === 'string') {
    await inviteUser(req, { id, email, name: typeof name === 'string' ? name : '' })
  }
  return doc
}
