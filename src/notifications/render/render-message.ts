import type { MessageData } from '../message-data'
import type { AudienceOf, MessageKind } from '../message-kinds'
import { renderMailBody } from '../channels/email/render-mail-body'
import { composeStoredMessage, type MessageEnvelope, type StoredMessageInput } from './compose-stored-message'
import type { MailAttachment } from './session-invitation'

export type RenderMessageInput<K extends MessageKind> = MessageEnvelope & {
  kind: K
  audience: AudienceOf<K>
  data: MessageData<K>
}

export type RenderedMessage = {
  subject: string
  html: string
  text: string
  /** For the app. */
  title: string
  message: string
  attachments: MailAttachment[]
}

/**
 * Writes a message that was stored as a mail: subject, HTML, plain text, calendar file.
 * @throws RangeError when the kind is not written for that audience; ZodError when the data is not of that kind.
 */
export const renderStoredMessage = async (input: StoredMessageInput): Promise<RenderedMessage> => {
  const { content, attachments } = composeStoredMessage(input)
  return {
    subject: content.subject,
    ...(await renderMailBody(content)),
    title: content.heading,
    message: content.intro,
    attachments,
  }
}

/** Writes one message; the compiler sees to it that the data and the audience are of that kind. */
export const renderMessage = <K extends MessageKind>(input: RenderMessageInput<K>): Promise<RenderedMessage> =>
  renderStoredMessage(input)
