import type { CollectionBeforeDeleteHook } from 'payload'
import { relatedId } from '#access/related-id'
import { decideSlotChange } from '#availability/blocks/decide-slot-change'
import { actorOf } from '#access/act-as'
import { lockRow } from '#database/lock-row-queries'

/**
 * Blocks can be deleted, claims of sessions and published time cannot.
 * @throws DomainError `illegal_transition` saying what to change instead.
 */
export const guardSlotDelete: CollectionBeforeDeleteHook = async ({ id, req }) => {
  await lockRow(req, 'availability_slots', id)
  const slot = await req.payload.findByID({
    collection: 'availability-slots',
    id,
    depth: 0,
    disableErrors: true,
    select: { status: true, scheduledSession: true },
    req,
  })
  if (!slot) return
  const refusal = decideSlotChange({
    from: slot.status,
    to: null,
    role: actorOf(req).role,
    isOfSession: relatedId(slot.scheduledSession) !== undefined,
    isMoved: false,
  })
  if (refusal) throw refusal
}
