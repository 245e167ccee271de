import type { PayloadRequest } from 'payload'
import type { User } from '../../payload-types'
import { type Actor, systemActor } from '../shared/actor'

/** Where a command leaves word of who is acting and why, for the hooks that follow. Requests cannot set it. */
export const actAs = (actor: Actor, reason?: string) => ({ actor, reason })

const roleOrder = ['admin', 'operations', 'consultant', 'customer'] as const

/** The highest role of a user. */
export const actorOfUser = (user: Pick<User, 'id' | 'roles'>): Actor => ({
  role: roleOrder.find((role) => user.roles?.includes(role)) ?? 'customer',
  id: user.id,
})

const isActor = (value: unknown): value is Actor =>
  typeof value === 'object' && value !== null && 'role' in value && 'id' in value

/** Who makes this write: named by the command, else the login, else the system (a write of our own code without a user). */
export const actorOf = (req: PayloadRequest): Actor => {
  const named: unknown = req.context.actor
  if (isActor(named)) return named
  return req.user?.collection === 'users' ? actorOfUser(req.user) : systemActor
}
