import type { PayloadRequest } from 'payload'
import { listMessageOverrides } from '#notifications/notification-queries'
import { recordMessage } from '#notifications/record-message'
import { findConsultantRecipient } from '#notifications/recipient-queries'
import type { DifferenceRow } from './difference-queries'
import type { DifferenceKind } from '../entries/event-states'

const messageOf = {
  moved: 'calendar_moved',
  deleted: 'calendar_deleted',
  conflict: 'calendar_conflict',
} as const satisfies Record<DifferenceKind, string>

/** What messages about a difference speak of. */
export const differenceMessageData = (difference: DifferenceRow) => ({
  session: {
    id: difference.sessionId,
    reference: difference.reference,
    sequence: difference.sequence,
    startsAt: difference.startsAt,
    endsAt: difference.endsAt,
    serviceName: difference.serviceTypeName,
    consultantName: difference.consultantName,
    customerName: difference.customerName,
    price: null,
  },
  difference: { id: difference.id, startsAt: difference.externalStartsAt, endsAt: difference.externalEndsAt },
})

/** Asks the consultant what is to become of a difference, in the open transaction. Once for each. */
export const tellAboutDifference = async (req: PayloadRequest, difference: DifferenceRow): Promise<void> => {
  const recipient = await findConsultantRecipient(req, difference.consultantId)
  if (!recipient) return
  await recordMessage(req, {
    message: {
      kind: messageOf[difference.kind],
      audience: 'consultant',
      data: differenceMessageData(difference),
      occasion: difference.id,
    },
    recipient,
    templates: await listMessageOverrides(req),
    now: Date.now(),
  })
}
