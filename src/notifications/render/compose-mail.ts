import type { MessageLinks } from './message-content'
import { parseMessageParts } from '../message-data'
import { type MessageAudience, type MessageKind, messageKindRow } from '../message-kinds'
import {
  composePaymentLinks,
  composeRequestLinks,
  composeSessionLinks,
  disputePage,
  driftPage,
  type LinkMaker,
  otherPage,
} from './compose-links'
import { chooseLanguage } from '../languages'
import { findOverride, type MessageOverrideRow } from '../message-overrides'
import type { OutgoingMail } from '../channels/email/outgoing-mail'
import { renderStoredMessage } from './render-message'

/** A row of `notifications`, as far as a mail needs it. */
export type StoredMessage = {
  id: string
  kind: MessageKind
  audience: MessageAudience
  /** `metadata.data`, as it came from the database. */
  data: unknown
  /** Epoch milliseconds. */
  createdAt: number
}

export type MailRecipient = { name: string; email: string; language: string | null; timeZone: string | null }

/**
 * The mail of a notification. Everything in it follows from the stored row, the recipient and the settings, so a second
 * try under the same key is the same mail.
 * @param mail.links more links than those of the session or request, or others in their place.
 * @throws RangeError or ZodError when the row is not one that `composeNotification` wrote.
 */
export const composeMail = async ({
  notification,
  recipient,
  templates,
  linkMaker,
  links,
  from,
  withCalendar = true,
}: {
  notification: StoredMessage
  recipient: MailRecipient
  templates: readonly MessageOverrideRow[]
  linkMaker: LinkMaker
  links?: MessageLinks
  from: string
  withCalendar?: boolean
}): Promise<OutgoingMail> => {
  const { id, kind, audience, createdAt } = notification
  const data = parseMessageParts(kind, notification.data)
  const own = data.session
    ? {
        ...composeSessionLinks(linkMaker, data.session, audience),
        ...(data.drift ? { decide: driftPage(linkMaker, data.drift, audience) } : {}),
        ...(data.dispute && audience === 'operations' ? { manage: disputePage(linkMaker, data.dispute) } : {}),
      }
    : data.request
      ? composeRequestLinks(linkMaker, data.request, audience)
      : { [messageKindRow(kind).primary]: otherPage(linkMaker, data, audience) }
  const documents =
    data.session && data.payment && audience === 'customer'
      ? composePaymentLinks(linkMaker, data.session, data.payment)
      : {}
  const rendered = await renderStoredMessage({
    kind,
    audience,
    data: notification.data,
    language: recipient.language,
    timeZone: recipient.timeZone,
    recipient,
    links: { ...own, ...documents, ...links },
    overrides: findOverride({ rows: templates, kind, audience, language: chooseLanguage(recipient.language).language }),
    from,
    createdAt,
    withCalendar,
  })
  return {
    to: recipient.email,
    subject: rendered.subject,
    html: rendered.html,
    text: rendered.text,
    attachments: rendered.attachments,
    headers: {
      // Out-of-office replies stay away (RFC 3834), and mail programs do not fold unlike messages into one thread.
      'Auto-Submitted': 'auto-generated',
      'X-Entity-Ref-ID': id,
    },
    tags: { kind, audience },
    idempotencyKey: `notification/${id}`,
  }
}
