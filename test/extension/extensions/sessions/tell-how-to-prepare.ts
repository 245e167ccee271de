import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import type { DomainEvent } from '#events/domain-events'
import { listMessageOverrides } from '#notifications/notification-queries'
import { recordMessage } from '#notifications/record-message'
import { snapshotSession } from '#notifications/render/compose-snapshots'
import { listSessionRecipients } from '#sessions/messages/session-recipients'
import { requireSession } from '#sessions/session-queries'
import { preparation } from '../messages/preparation'

/** Tells the client what to bring. The job may run twice: a message is recorded once per person and occasion. */
export const tellHowToPrepare = async ({
  event,
  payload,
}: {
  event: DomainEvent<'session.scheduled'>
  payload: Payload
}): Promise<void> =>
  withTransaction(payload, async (req) => {
    const session = await requireSession(req, event.data.sessionId)
    const { docs } = await payload.find({
      collection: 'practice-files',
      where: { session: { equals: session.id } },
      depth: 0,
      limit: 1,
      req,
    })
    const [file] = docs
    if (!file) return
    const templates = await listMessageOverrides(req)
    for (const recipient of await listSessionRecipients(req, session, 'customer')) {
      await recordMessage(req, {
        message: {
          kind: preparation,
          audience: 'customer',
          data: { session: snapshotSession(session), fileNumber: file.number },
        },
        recipient,
        templates,
        now: Date.now(),
      })
    }
  })
