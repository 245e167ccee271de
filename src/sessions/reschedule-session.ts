import type { PayloadRequest } from 'payload'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { actAs } from '#access/act-as'
import { lockSessionToAct } from './lock-session-to-act'
import { onlyStaffChoose } from './create/place-session'

/**
 * Moves a session to another offered time in one transaction: afterwards it has the new time or still the old one, never both and
 * never none. Its own claim does not stand in the way, so it may move to a time that overlaps the old one.
 * @throws DomainError `illegal_transition`, `forbidden`, `outside_policy`, `slot_taken`, `slot_not_offered`.
 */
export const rescheduleSession = async (
  req: PayloadRequest,
  args: {
    sessionId: string
    start: number
    reason?: string | undefined
    outsideOfferedTimes?: { reason: string } | undefined
    actor: Actor
  },
): Promise<void> => {
  const session = await lockSessionToAct(req, { ...args, action: 'reschedule' })
  if (args.outsideOfferedTimes && args.actor.role !== 'admin' && args.actor.role !== 'operations')
    throw onlyStaffChoose()
  if (args.start === session.startsAt) {
    throw new DomainError('invalid_request', 'The session is at that time already.', {
      errors: [{ path: 'start', message: 'is the present time of the session' }],
    })
  }
  await req.payload.update({
    collection: 'scheduled-sessions',
    id: session.id,
    data: {
      startsAt: new Date(args.start).toISOString(),
      ...(args.outsideOfferedTimes === undefined ? {} : { outsideOfferedTimes: args.outsideOfferedTimes }),
    },
    depth: 0,
    context: actAs(args.actor, args.reason),
    req,
  })
}
