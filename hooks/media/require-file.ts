import type { CollectionBeforeOperationHook } from 'payload'
import { DomainError } from '#shared/errors'

/**
 * A picture from outside is sent as a file: from an address in the body Payload would fetch one, and this server would ask wherever it is told to.
 * @throws DomainError `invalid_request`.
 */
export const requireFile: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  // Whoever may upload nothing is told that.
  if (operation !== 'create' || req.file || !req.user || req.payloadAPI === 'local') return args
  const errors = [{ path: 'file', message: 'must be a picture, sent as the part "file" of a form' }]
  throw new DomainError('invalid_request', 'Send the picture itself, as the part "file" of a form.', { errors })
}
