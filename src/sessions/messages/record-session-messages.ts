import type { PayloadRequest } from 'payload'
import type { SessionRow } from '../session-queries'
import { listMessageOverrides } from '#notifications/notification-queries'
import { type PlannedMessage, recordMessage } from '#notifications/record-message'
import { withDetails } from './session-details'
import { listSessionRecipients } from './session-recipients'

/** Records messages about a session for everybody whom they are for, in the open transaction. */
export const recordSessionMessages = async (
  req: PayloadRequest,
  session: SessionRow,
  messages: readonly PlannedMessage[],
): Promise<void> => {
  if (!messages.length) return
  const now = Date.now()
  const templates = await listMessageOverrides(req)
  for (const planned of messages) {
    const message = await withDetails(req, session, planned)
    for (const recipient of await listSessionRecipients(req, session, message.audience)) {
      await recordMessage(req, { message, recipient, templates, paymentId: session.paymentId, now })
    }
  }
}
