import type { PayloadRequest } from 'payload'
import type { SessionRow } from '../session-queries'
import type { MessageAudience } from '#notifications/message-kinds'
import { findConsultantRecipient, listOperationsRecipients, type Recipient } from '#notifications/recipient-queries'

/** Who reads the messages about a session that are for `audience`. */
export const listSessionRecipients = async (
  req: PayloadRequest,
  session: SessionRow,
  audience: MessageAudience,
): Promise<Recipient[]> => {
  switch (audience) {
    case 'customer':
      return [
        {
          id: session.customerId,
          userId: session.customerUserId,
          customerId: session.customerId,
          name: session.customerName,
          language: session.language,
          timeZone: session.timeZone,
        },
      ]
    case 'consultant': {
      const consultant = await findConsultantRecipient(req, session.consultantId)
      return consultant ? [consultant] : []
    }
    case 'operations':
      return listOperationsRecipients(req)
    case 'account':
      return []
  }
}
