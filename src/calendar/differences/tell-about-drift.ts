import type { PayloadRequest } from 'payload'
import { listMessageOverrides } from '#notifications/notification-queries'
import { recordMessage } from '#notifications/record-message'
import { findConsultantRecipient } from '#notifications/recipient-queries'
import type { DriftRow } from './drift-queries'
import type { DriftKind } from '../entries/event-states'

const messageOf = {
  moved: 'calendar_moved',
  deleted: 'calendar_deleted',
  conflict: 'calendar_conflict',
} as const satisfies Record<DriftKind, string>

/** What messages about a difference speak of. */
export const driftMessageData = (drift: DriftRow) => ({
  session: {
    id: drift.sessionId,
    reference: drift.reference,
    sequence: drift.sequence,
    startsAt: drift.startsAt,
    endsAt: drift.endsAt,
    serviceName: drift.serviceTypeName,
    consultantName: drift.consultantName,
    customerName: drift.customerName,
    price: null,
  },
  drift: { id: drift.id, startsAt: drift.externalStartsAt, endsAt: drift.externalEndsAt },
})

/** Asks the consultant what is to become of a difference, in the open transaction. Once for each. */
export const tellAboutDrift = async (req: PayloadRequest, drift: DriftRow): Promise<void> => {
  const recipient = await findConsultantRecipient(req, drift.consultantId)
  if (!recipient) return
  await recordMessage(req, {
    message: {
      kind: messageOf[drift.kind],
      audience: 'consultant',
      data: driftMessageData(drift),
      occasion: drift.id,
    },
    recipient,
    templates: await listMessageOverrides(req),
    now: Date.now(),
  })
}
