import type { PayloadRequest } from 'payload'
import { lockConsultant } from '#availability/claims/claim-queries'
import { requireOfferedSlot } from '#availability/slots/find-slots'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { actAs } from '#access/act-as'
import { bookingSettings } from '#availability/booking-settings'
import { requireLockedSession } from './change/change-session'
import { decideReschedule } from './decide-reschedule'

/**
 * Moves a session to another offered time in one transaction: afterwards it has the new time or still the old one, never both and
 * never none. Its own claim does not stand in the way, so it may move to a time that overlaps the old one.
 * @throws DomainError `illegal_transition`, `outside_policy`, `slot_taken`, `slot_not_offered`.
 */
export const rescheduleSession = async (
  req: PayloadRequest,
  args: { sessionId: string; start: number; reason?: string | undefined; actor: Actor },
): Promise<void> => {
  const now = Date.now()
  const { reschedulePolicy } = await bookingSettings(req)
  const session = await requireLockedSession(req, args.sessionId)
  const refusal = decideReschedule({ ...session, now, role: args.actor.role, policy: reschedulePolicy })
  if (refusal) throw refusal
  if (args.start === session.startsAt) {
    throw new DomainError('invalid_request', 'The session is at that time already.', {
      errors: [{ path: 'start', message: 'is the present time of the session' }],
    })
  }
  await lockConsultant(req, session.consultantId)
  await requireOfferedSlot(req, {
    consultant: session.consultantId,
    serviceType: session.serviceTypeId,
    start: args.start,
    durationMinutes: session.durationMinutes,
    now,
    ...(session.slotId === null ? {} : { exceptSlotId: session.slotId }),
  })
  await req.payload.update({
    collection: 'scheduled-sessions',
    id: session.id,
    data: {
      startsAt: new Date(args.start).toISOString(),
      endsAt: new Date(args.start + session.durationMinutes * 60_000).toISOString(),
    },
    depth: 0,
    select: { status: true },
    context: actAs(args.actor, args.reason),
    req,
  })
}
