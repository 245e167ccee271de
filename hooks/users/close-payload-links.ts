import type { CollectionBeforeOperationHook, Payload } from 'payload'
import { DomainError } from '#shared/errors'

/** What to do instead, by the operation of Payload's that is closed. */
const instead = {
  verifyEmail: () =>
    new DomainError('link_expired', 'This link is of an older kind. Register again, or ask for a new password.'),
  resetPassword: () =>
    new DomainError('link_expired', 'This link is of an older kind. Ask for a new password ("Forgot password").'),
  forgotPassword: () =>
    new DomainError('not_found', 'Ask for a new password with POST /api/users/forgot-password { "email": "…" }.'),
}

export type ClosedOperation = keyof typeof instead

/** @throws DomainError that says what to do instead. */
export const refuseClosedOperation = (operation: ClosedOperation): never => {
  throw instead[operation]()
}

const isClosed = (operation: string): operation is ClosedOperation => Object.hasOwn(instead, operation)

/** Payload's own links keep their tokens readable in the database, so none is made or taken, whoever asks. */
export const closePayloadLinks: CollectionBeforeOperationHook = ({ args, operation }) =>
  isClosed(operation) ? refuseClosedOperation(operation) : args

/** The one of these operations that asks no hook; a page of the admin calls it as soon as it is looked at. Called when Payload starts. */
export const closeVerification = (payload: Payload): void => {
  payload.verifyEmail = () => Promise.reject(instead.verifyEmail())
}
