import { parseMessageParts } from '../message-data'
import { type MessageAudience, type MessageKind, messageKindRow } from '../message-kinds'
import {
  composePaymentLinks,
  composeRequestLinks,
  composeSessionLinks,
  disputePage,
  differencePage,
  type LinkMaker,
  otherPage,
} from './compose-links'
import type { OutgoingMessage } from '../channel'
import { chooseLanguage } from '../languages'
import { findOverride, type MessageOverrideRow } from '../message-overrides'
import { composeStoredMessage } from './compose-stored-message'
import type { MessageLinks } from './message-content'

/** A row of `notifications`, as far as a message needs it. */
export type StoredMessage = {
  id: string
  kind: MessageKind
  audience: MessageAudience
  /** `metadata.data`, as it came from the database. */
  data: unknown
  /** Epoch milliseconds. */
  createdAt: number
}

export type OutgoingRecipient = {
  name: string
  /** Where the channel reaches them. */
  address: string
  /** For the calendar entry, whatever the channel; null: none goes with it. */
  email: string | null
  language: string | null
  timeZone: string | null
  /** Whether the e-mail address is known to be theirs. */
  isConfirmed: boolean
}

/**
 * The message of a notification, for any channel. Everything in it follows from the stored row, the recipient and the settings, so a
 * second try under the same key is the same message.
 * @throws RangeError or ZodError when the row is not one that `composeNotification` wrote.
 */
export const composeOutgoing = ({
  notification,
  recipient,
  templates,
  linkMaker,
  from,
}: {
  notification: StoredMessage
  recipient: OutgoingRecipient
  templates: readonly MessageOverrideRow[]
  linkMaker: LinkMaker
  from: string
}): OutgoingMessage => {
  const { id, kind, audience, data, createdAt } = notification
  const { address, email, language, timeZone, isConfirmed } = recipient
  // A channel may put the name anywhere.
  const name = isConfirmed ? recipient.name : ''
  // Another channel reaches somebody else's device, which says nothing of the address.
  const links = composeLinks(linkMaker, notification, address === email ? email : null)
  const { content, attachments } = composeStoredMessage({
    kind,
    audience,
    data,
    language,
    timeZone,
    recipient: { name, email: email ?? '' },
    links,
    overrides: findOverride({ rows: templates, kind, audience, language: chooseLanguage(language).language }),
    from,
    createdAt,
    withCalendar: email !== null,
    isConfirmed,
  })
  return { id, kind, audience, content, links, attachments, recipient: { name, address } }
}

const composeLinks = (
  linkMaker: LinkMaker,
  { kind, audience, data }: Pick<StoredMessage, 'kind' | 'audience' | 'data'>,
  mailTo: string | null,
): MessageLinks => {
  const parts = parseMessageParts(kind, data)
  const { session, request, difference, dispute, payment } = parts
  if (!session) {
    return request
      ? composeRequestLinks(linkMaker, request, { audience, mailTo })
      : { [messageKindRow(kind).primary]: otherPage(linkMaker, parts, audience) }
  }
  return {
    ...composeSessionLinks(linkMaker, session, { audience, mailTo }),
    ...(difference ? { decide: differencePage(linkMaker, difference, audience) } : {}),
    ...(dispute && audience === 'operations' ? { manage: disputePage(linkMaker, dispute) } : {}),
    ...(payment && audience === 'customer' ? composePaymentLinks(linkMaker, payment) : {}),
  }
}
