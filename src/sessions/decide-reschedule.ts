import type { ActorRole } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { hourMs } from '#shared/time'

export type ReschedulePolicy = { untilHoursBefore: number; maxReschedules: number }

/**
 * Whether a session may be moved. Customers are bound by the policy, consultants by the start, operations by neither; only a
 * session with a fixed, paid or free time can be moved. Instants are epoch milliseconds.
 * @returns the refusal, or undefined when it is allowed.
 */
export const decideReschedule = (args: {
  status: string
  startsAt: number
  now: number
  role: ActorRole
  timesMoved: number
  policy: ReschedulePolicy
}): DomainError | undefined => {
  const { status, startsAt, now, role, timesMoved, policy } = args
  if (status !== 'scheduled') {
    return new DomainError('illegal_transition', `A session that is ${status.replaceAll('_', ' ')} cannot be moved.`)
  }
  if (role === 'operations' || role === 'admin' || role === 'system') return undefined
  if (now >= startsAt)
    return new DomainError('outside_policy', 'The session has begun, so it cannot be moved any more.')
  if (role === 'consultant') return undefined
  if (now > startsAt - policy.untilHoursBefore * hourMs) {
    return new DomainError(
      'outside_policy',
      `Sessions can be moved until ${policy.untilHoursBefore} hours before they start.`,
    )
  }
  if (timesMoved >= policy.maxReschedules) {
    return new DomainError('outside_policy', `A session can be moved ${policy.maxReschedules} times at most.`)
  }
  return undefined
}
