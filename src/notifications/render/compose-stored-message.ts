import { parseMailbox } from '../channels/email/mailbox'
import { parseMessageParts } from '../message-data'
import { type MessageAudience, type MessageKind, messageKindRow } from '../message-kinds'
import type { MessageOverride } from '../message-overrides'
import { calendarTextOf, composeMessage, type MessageContent, type MessageLinks } from './message-content'
import { createInvitation, type MailAttachment } from './session-invitation'

/** Who reads a message, and what goes around it. It is all that goes in: the same input gives the same bytes. */
export type MessageEnvelope = {
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
  /** Whether the address is known to be the recipient's: else nothing in the message is what a stranger may have written. Left out: `composeMessage` says. */
  isConfirmed?: boolean | undefined
}

/** A message as it comes out of the database: its kind is known only now, so its data is checked. */
export type StoredMessageInput = MessageEnvelope & { kind: MessageKind; audience: MessageAudience; data: unknown }

/**
 * Puts a message that was stored into words, with its calendar file.
 * @throws RangeError when the kind is not written for that audience; ZodError when the data is not of that kind.
 */
export const composeStoredMessage = (
  input: StoredMessageInput,
): { content: MessageContent; attachments: MailAttachment[] } => {
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
    isConfirmed: input.isConfirmed,
  })
  const attachments: MailAttachment[] = []
  if (hasCalendar && method && session) {
    const isStrangers = input.isConfirmed === false
    const customerName = isStrangers ? '' : session.customerName
    const other = audience === 'customer' ? session.consultantName : customerName
    attachments.push(
      createInvitation({
        method,
        session,
        summary: [session.serviceName, other].filter(Boolean).join(' – '),
        description: calendarTextOf(content),
        joinUrl: links.join,
        organizer: sender,
        attendee: isStrangers ? { ...recipient, name: '' } : recipient,
        stamp: input.createdAt,
      }),
    )
  }
  return { content, attachments }
}
