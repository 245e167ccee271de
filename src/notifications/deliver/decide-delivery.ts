import type { MessageParts } from '../message-data'
import { type MessageKind, messageKindRow } from '../message-kinds'
import type { SubjectStates } from '../message-subjects'

/** Why a mail is not sent, for those who ask later where it is. */
export const skipReasons = {
  no_address: 'There is no address to send it to.',
  recipient_gone: 'The recipient’s record was deleted or deactivated.',
  mails_off: 'The recipient does not want mails beyond what was agreed or paid.',
  reminders_off: 'The recipient does not want reminders.',
  superseded: 'What it says is no longer so: the session or request changed meanwhile.',
  too_late: 'The moment it speaks of is over.',
} as const satisfies Record<string, string>

export type SkipReason = keyof typeof skipReasons

/** What a recipient chose; what is missing counts as wanted. */
export type RecipientPreferences = { emailNotifications?: boolean | null; remindersEnabled?: boolean | null }

export type DeliveryRecipient = {
  email: string | null
  /** false: deleted, or the login was deactivated. */
  isActive: boolean
  preferences: RecipientPreferences
}

/** The present, as far as it is known; null where the record is gone. */
export type DeliveryContext = {
  session?: { status: SubjectStates['session']; startsAt: number; endsAt: number; sequence: number } | null
  request?: { status: SubjectStates['request'] } | null
  /** Epoch milliseconds. */
  now: number
}

export type DeliveryDecision = { send: true } | { send: false; reason: SkipReason }

const skip = (reason: SkipReason): DeliveryDecision => ({ send: false, reason })

/** Epoch milliseconds after which the message is of no use to anybody; null: it always is. */
const usefulUntil = (kind: MessageKind, parts: MessageParts): number | null => {
  if (kind === 'booking_reminder') return parts.session?.startsAt ?? null
  if (kind === 'session_started') return parts.session?.endsAt ?? null
  if (messageKindRow(kind).primary === 'pay') return parts.deadline ?? null
  return null
}

const isSuperseded = (kind: MessageKind, parts: MessageParts, { session, request }: DeliveryContext): boolean => {
  const { onlyWhile, calendar } = messageKindRow(kind)
  // Moved or cancelled since: an invitation that comes after the news of it would undo that news.
  if (calendar === 'REQUEST' && session && session.sequence !== parts.session?.sequence) return true
  if (!onlyWhile) return false
  if ('request' in onlyWhile) return request === null || (!!request && !onlyWhile.request.includes(request.status))
  if (session === null) return true
  if (!session) return false
  // A reminder of a time that was changed since would send people to the wrong hour; the new time has its own.
  return !onlyWhile.session.includes(session.status) || session.startsAt !== parts.session?.startsAt
}

/**
 * Whether the mail of a notification goes out now. What was agreed, paid or asked for always does; reminders and further
 * news as the recipient wants. In the app a notification is shown in any case.
 */
export const decideDelivery = (
  { kind, parts }: { kind: MessageKind; parts: MessageParts },
  recipient: DeliveryRecipient,
  context: DeliveryContext,
): DeliveryDecision => {
  const { category } = messageKindRow(kind)
  if (!recipient.isActive) return skip('recipient_gone')
  if (!recipient.email) return skip('no_address')
  const { emailNotifications, remindersEnabled } = recipient.preferences
  if (category !== 'transactional' && emailNotifications === false) return skip('mails_off')
  if (category === 'reminder' && remindersEnabled === false) return skip('reminders_off')
  if (isSuperseded(kind, parts, context)) return skip('superseded')
  const until = usefulUntil(kind, parts)
  return until !== null && context.now >= until ? skip('too_late') : { send: true }
}
