import type { CollectionBeforeValidateHook } from 'payload'
import { isSafeText } from '#shared/input'
import { DomainError } from '#shared/errors'

const message = 'must not contain control or bidirectional formatting characters'

const findUnsafe = (value: unknown, path: string): string | undefined => {
  if (typeof value === 'string') return isSafeText(value) ? undefined : path
  if (!value || typeof value !== 'object') return undefined
  for (const [key, part] of Object.entries(value)) {
    const found = findUnsafe(part, path ? `${path}.${key}` : key)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Text that people cannot see would lie in mails and in the admin.
 * @throws DomainError `invalid_request` naming the first field of `data` that holds some.
 */
export const refuseUnsafe = (data: unknown): void => {
  const path = findUnsafe(data, '')
  if (path !== undefined)
    throw new DomainError('invalid_request', `${path} ${message}.`, { errors: [{ path, message }] })
}

/** From outside it is refused. */
export const refuseUnsafeText: CollectionBeforeValidateHook = ({ data, req }) => {
  if (req.payloadAPI !== 'local') refuseUnsafe(data)
  return data
}
