import { DomainError } from '#shared/errors'

/**
 * Why a time is taken that is not offered, as a form says it; Payload does not check what it does not store.
 * @throws DomainError `invalid_request` for what is no text of at most 1,000 characters.
 */
export const readOutsideReason = (said: { reason?: unknown } | null | undefined): { reason: string } | undefined => {
  const reason = said?.reason
  if (reason === undefined || reason === null) return undefined
  if (typeof reason !== 'string' || reason.length > 1_000) {
    const path = 'outsideOfferedTimes.reason'
    const message = 'must be a text of at most 1,000 characters'
    throw new DomainError('invalid_request', `${path} ${message}.`, { errors: [{ path, message }] })
  }
  const trimmed = reason.trim()
  return trimmed ? { reason: trimmed } : undefined
}
