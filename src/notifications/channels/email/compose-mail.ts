import type { OutgoingMessage } from '../../channel'
import type { OutgoingMail } from './outgoing-mail'
import { renderMailBody } from './render-mail-body'

/** The mail of a notification; the same message is the same mail. */
export const composeMail = async (message: OutgoingMessage): Promise<Omit<OutgoingMail, 'idempotencyKey'>> => {
  const { id, kind, audience, content, attachments, recipient } = message
  return {
    to: recipient.address,
    subject: content.subject,
    ...(await renderMailBody(content)),
    attachments,
    headers: {
      // Out-of-office replies stay away (RFC 3834), and mail programs do not fold unlike messages into one thread.
      'Auto-Submitted': 'auto-generated',
      'X-Entity-Ref-ID': id,
    },
    tags: { kind, audience },
  }
}
