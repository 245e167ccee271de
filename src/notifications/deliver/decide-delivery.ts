import type { RecipientPreferences } from '../channel'
import type { MessageParts } from '../message-data'
import { type MessageKind, messageKindRow } from '../message-kinds'
import type { SubjectStates } from '../message-subjects'

/** Why a message is not sent, for those who ask later where it is. */
export const skipReasons = {
  no_address: 'There is no address to send it to.',
  recipient_gone: 'The recipient’s record was deleted or deactivated.',
  unwanted: 'The recipient does not want such messages on this channel.',
  reminders_off: 'The recipient does not want reminders.',
  superseded: 'What it says is no longer so: the session or request changed meanwhile.',
  too_late: 'The moment it speaks of is over.',
  withheld: 'Too many mails within an hour or a day to an address that nobody has confirmed.',
} as const satisfies Record<string, string>

export type SkipReason = keyof typeof skipReasons

/** Whom it is for, as the channel sees them. */
export type DeliveryRecipient = {
  /** Where the channel reaches them; null: nowhere. */
  address: string | null
  /** false: deleted, or the login was deactivated. */
  isActive: boolean
  /** What they say to such messages on this channel. */
  isWanted: boolean
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
const endOfUse = (kind: MessageKind, parts: MessageParts): number | null => {
  switch (messageKindRow(kind).usefulUntil) {
    case 'start':
      return parts.session?.startsAt ?? null
    case 'end':
      return parts.session?.endsAt ?? null
    case 'deadline':
      return parts.deadline ?? null
    case undefined:
      return null
  }
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
 * Whether a notification goes out over its channel now, as far as it can, is wanted there and is still true. In the app it is shown
 * in any case.
 */
export const decideDelivery = (
  { kind, parts }: { kind: MessageKind; parts: MessageParts },
  recipient: DeliveryRecipient,
  context: DeliveryContext,
): DeliveryDecision => {
  const { category } = messageKindRow(kind)
  if (!recipient.isActive) return skip('recipient_gone')
  if (!recipient.address) return skip('no_address')
  if (!recipient.isWanted) return skip('unwanted')
  if (category === 'reminder' && recipient.preferences.remindersEnabled === false) return skip('reminders_off')
  if (isSuperseded(kind, parts, context)) return skip('superseded')
  const until = endOfUse(kind, parts)
  return until !== null && context.now >= until ? skip('too_late') : { send: true }
}
