import { isolateObjectProperty, type PayloadRequest } from 'payload'
import type { User } from '#payload-types'
import { ownConsultantId, ownCustomerId } from './own-records'
import { relatedId } from './related-id'
import { isStaff } from './roles'
import { type Actor, systemActor } from '#shared/actor'

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

/**
 * Who makes this write, on a record that has two sides: a login counts as the side that it is on. By their highest role, a
 * consultant who has booked somebody else could cancel as that one's consultant, and be paid back in full.
 */
export const actorOnRecord = async (
  req: PayloadRequest,
  sides: { consultant: unknown; customer: unknown },
): Promise<Actor> => {
  const actor = actorOf(req)
  if (isActor(req.context.actor) || !req.user || isStaff(req)) return actor
  const { id } = req.user
  const [consultant, customer] = [relatedId(sides.consultant), relatedId(sides.customer)]
  if (consultant !== undefined && consultant === (await ownConsultantId(req))) return { role: 'consultant', id }
  if (customer !== undefined && customer === (await ownCustomerId(req))) return { role: 'customer', id }
  return actor
}

/** The same request for whoever only follows what was done: what they write is not done by who did that, nor for the same reason. */
export const withoutWordOfActor = (req: PayloadRequest): PayloadRequest => {
  const inner = inOwnContext(req)
  Reflect.deleteProperty(inner.context, 'actor')
  Reflect.deleteProperty(inner.context, 'reason')
  return inner
}

/**
 * The same request for writes in somebody else's name. What `context` a Local API call names stays on the request that it is
 * given, so the rest of the caller's work (the next row of a bulk edit) would be done in that name as well.
 */
export const inOwnContext = (req: PayloadRequest): PayloadRequest => {
  const inner = isolateObjectProperty(req, 'context')
  inner.context = { ...req.context }
  return inner
}
