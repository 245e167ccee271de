import { parseMailbox } from '../channels/email/mailbox'
import { calendarTextOf, composeMessage, type MessageLinks } from './message-content'
import { type MessageData, parseMessageParts } from '../message-data'
import { type AudienceOf, type MessageAudience, type MessageKind, messageKindRow } from '../message-kinds'
import type { MessageOverride } from '../message-overrides'
import { createInvitation, type MailAttachment } from './session-invitation'
import { toPlainText } from '../channels/email/to-plain-text'

/** Who reads a message, and what goes around it. It is all that goes in: the same input gives the same bytes. */
type Envelope = {
  /** BCP 47; English where the language is not spoken here. */
  language: string | null | undefined
  /** IANA; UTC where it is not known. */
  timeZone: string | null | undefined
  recipient: { name: string; email: string }
  links: MessageLinks
  overrides?: MessageOverride | undefined
  /** Who sends it: "Name <address>". The name is the brand, the address the organizer of calendar entries. */
  from: string
  /** Epoch milliseconds at which the message came to be (not: is sent). */
  createdAt: number
  /** false: no calendar file, for example because the recipient's calendar is connected. */
  withCalendar?: boolean
}

export type RenderMessageInput<K extends MessageKind> = Envelope & {
  kind: K
  audience: AudienceOf<K>
  data: MessageData<K>
}

/** A message as it comes out of the database: its kind is known only now, so its data is checked. */
export type StoredMessageInput = Envelope & { kind: MessageKind; audience: MessageAudience; data: unknown }

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
 * Writes a message that was stored: subject, HTML, plain text, calendar file.
 * @throws RangeError when the kind is not written for that audience; ZodError when the data is not of that kind.
 */
export const renderStoredMessage = async (input: StoredMessageInput): Promise<RenderedMessage> => {
  const { kind, audience, links, recipient } = input
  const parts = parseMessageParts(kind, input.data)
  const { session } = parts
  const method = messageKindRow(kind).calendar
  const sender = parseMailbox(input.from)
  // Nobody has an entry of a session that never was scheduled.
  const hasCalendar = Boolean(method && session && input.withCalendar !== false && parts.wasScheduled !== false)
  const content = composeMessage({
    kind,
    audience,
    language: input.language,
    timeZone: input.timeZone,
    recipientName: recipient.name,
    parts,
    links,
    brandName: sender.name,
    override: input.overrides,
    hasCalendar,
  })
  const attachments: MailAttachment[] = []
  if (hasCalendar && method && session) {
    const other = audience === 'customer' ? session.consultantName : session.customerName
    attachments.push(
      createInvitation({
        method,
        session,
        summary: `${session.serviceName} – ${other}`,
        description: calendarTextOf(content),
        joinUrl: links.join,
        organizer: sender,
        attendee: recipient,
        stamp: input.createdAt,
      }),
    )
  }
  // The layout and its library cost half a second to load: only who writes mails pays for it.
  const { renderLayout } = await import('../channels/email/templates/render-layout')
  return {
    subject: content.subject,
    html: await renderLayout(content),
    text: toPlainText(content),
    title: content.heading,
    message: content.intro,
    attachments,
  }
}

/** Writes one message; the compiler sees to it that the data and the audience are of that kind. */
export const renderMessage = <K extends MessageKind>(input: RenderMessageInput<K>): Promise<RenderedMessage> =>
  renderStoredMessage(input)
