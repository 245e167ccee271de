import { DomainError } from '#shared/errors'
import { dayMs, minuteMs } from '#shared/time'

/** How far ahead a session may lie, whoever books it. Customers are bound by the consultant's own horizon long before. */
export const horizonDays = 2 * 366

const refuse = (path: string, message: string) =>
  new DomainError('invalid_request', `${path} ${message}.`, { errors: [{ path, message }] })

/**
 * Whether a session may lie at that time at all: on a whole minute, still to come, and not out of all reason. Instants are epoch milliseconds.
 * @param path of the start in what was sent.
 * @returns the refusal, or undefined.
 */
export const decideStart = ({
  start,
  now,
  path,
}: {
  start: number
  now: number
  path: string
}): DomainError | undefined => {
  if (start % minuteMs !== 0) return refuse(path, 'must be a whole minute')
  if (start < now) return refuse(path, 'must lie in the future')
  if (start > now + horizonDays * dayMs) return refuse(path, `must lie within the next ${horizonDays} days`)
  return undefined
}
