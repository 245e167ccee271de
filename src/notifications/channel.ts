import type { PayloadRequest } from 'payload'
import type { MessageAudience, MessageCategory, MessageKind } from './message-kinds'
import type { ProviderLimits } from '#providers/provider-limits'
import type { NotificationType } from './notification-types'
import type { MessageContent, MessageLinks } from './render/message-content'
import type { MailAttachment } from './render/session-invitation'
import type { Label } from '#shared/words'

/** What a recipient chose; what is missing counts as wanted. */
export type RecipientPreferences = {
  emailNotifications?: boolean | null
  smsNotifications?: boolean | null
  remindersEnabled?: boolean | null
}

/** Whom a message is for, as they are now. */
export type ChannelRecipient = {
  audience: MessageAudience
  /** Set for customers, who may be guests. */
  customerId: string | null
  /** The login, if there is one. */
  userId: string | null
  name: string
  email: string | null
  preferences: RecipientPreferences
}

/** A message as every channel gets it: in words of the recipient's language and zone, before it takes the form of the channel. */
export type OutgoingMessage = {
  /** Of the notification. */
  id: string
  kind: MessageKind
  audience: MessageAudience
  /** Subject, heading, intro, facts and the rest; `content.action` is the button. All of it is text, none is HTML. */
  content: MessageContent
  /** Where it can lead, with the tokens that open these pages without a login. */
  links: MessageLinks
  attachments: readonly MailAttachment[]
  recipient: { name: string; address: string }
}

/**
 * What became of a message. `refused`: it will never be taken. `retry`: it may be taken later, and whether it was already is not known; the
 * key keeps it from being sent twice. `isPostponed`: it was not handed over at all, as too many were; that is no failed try.
 */
export type SendOutcome =
  | { status: 'sent'; providerMessageId: string | null }
  | { status: 'refused'; reason: string }
  | { status: 'retry'; reason: string; retryAfterSeconds: number | null; isPostponed?: true }

/** Whether this kind goes over a channel is asked with what is known of the kind. */
export type CarriedMessage = {
  kind: MessageKind
  type: NotificationType
  category: MessageCategory
  audience: MessageAudience
}

type ChannelTraits = {
  label: Label
  /** How often messages may be handed over, by all processes together. Left out: as often as there are any. */
  limits?: ProviderLimits
  /** Which messages go over it besides those whose kind names it; left out: none. */
  carries?: (message: CarriedMessage) => boolean
  /**
   * Whether messages can go out at all.
   * @throws Error that says what is to be set: the job fails, and messages wait until it is.
   */
  requireReady?: () => void | Promise<void>
  /** Where the recipient is reached; null: not on this channel. Read with `req`, which is not the recipient's. */
  addressOf: (
    recipient: ChannelRecipient,
    req: PayloadRequest,
  ) => string | null | undefined | Promise<string | null | undefined>
  /** Whether they want it here; left out: they do. Reminders that nobody wants are left out of every channel anyway. */
  isWanted?: (recipient: ChannelRecipient, category: MessageCategory) => boolean
}

type ChannelDefinition<Message> = ChannelTraits & {
  /** The message in the form of the channel; the same message gives the same form, so that a second try under the same key is the same. */
  compose: (message: OutgoingMessage) => Message | Promise<Message>
  /**
   * Hands it over. The same key may come again, after an answer that was lost or a process that was killed: then it must not arrive twice.
   * What is thrown is tried again; `signal` ends the attempt.
   */
  send: (message: Message, delivery: { idempotencyKey: string; signal: AbortSignal }) => Promise<SendOutcome>
}

/** A way to reach people: e-mail, the app, and what an installation adds. Its name is its key in the table of channels. */
export type Channel = ChannelTraits & {
  deliver: (message: OutgoingMessage, delivery: { idempotencyKey: string; signal: AbortSignal }) => Promise<SendOutcome>
}

/** A channel from its parts: who is reached, what a message looks like there, and how it is handed over. */
export const defineChannel = <Message>({ compose, send, ...traits }: ChannelDefinition<Message>): Channel => ({
  ...traits,
  deliver: async (message, delivery) => send(await compose(message), delivery),
})
