import type { MailAttachment } from '../../render/session-invitation'

/** A mail ready to be handed to a provider. */
export type OutgoingMail = {
  /** One address, without a name. */
  to: string
  subject: string
  html: string
  text: string
  attachments: readonly MailAttachment[]
  headers: Readonly<Record<string, string>>
  /** Shown and counted at the provider. */
  tags: Readonly<Record<string, string>>
  /** The same mail under the same key is sent once; at most 256 characters. */
  idempotencyKey: string
}
