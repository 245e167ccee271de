import { createHash } from 'node:crypto'
import { disputePage, otherPage, requestPage, sessionPage, type LinkMaker } from './compose-links'
import { parseMailbox } from '../channels/email/mailbox'
import { composeMessage } from './message-content'
import { parseMessageParts } from '../message-data'
import { type MessageAudience, type MessageKind, messageKindRow } from '../message-kinds'
import { findOverride, type MessageOverrideRow } from '../message-overrides'
import type { NotificationType } from '../notification-types'
import { chooseLanguage } from '../languages'

/** The fields of a new row in `notifications`, but for the recipient's relations, which only the caller knows. */
export type NotificationDraft = {
  type: NotificationType
  kind: MessageKind
  audience: MessageAudience
  title: string
  message: string
  action: string | null
  actionUrl: string | null
  language: string | null
  scheduledSession: string | null
  request: string | null
  /** Once per recipient and occasion, however often the job behind it runs: a digest of `spelledKey`. */
  dedupeKey: string
  spelledKey: string
  /** What is sent is written from this, later and perhaps more than once. */
  metadata: { timeZone: string | null; data: object }
}

/**
 * One message to one person as it is stored and shown in the app.
 * @param draft.recipientId of the user or customer.
 * @param draft.occasion what tells this message from an earlier one of the same kind about the same version of the same
 * session (a second failed payment, a further proposal); without it there is one.
 */
export const composeNotification = ({
  kind,
  audience,
  data,
  recipientId,
  recipientName,
  language,
  timeZone,
  templates,
  linkMaker,
  from,
  occasion,
}: {
  kind: MessageKind
  audience: MessageAudience
  data: object
  recipientId: string
  recipientName: string
  language: string | null
  timeZone: string | null
  templates: readonly MessageOverrideRow[]
  linkMaker: LinkMaker
  from: string
  occasion?: string
}): NotificationDraft => {
  const parts = parseMessageParts(kind, data)
  const { session, request, dispute, payoutAccount } = parts
  const { type, primary } = messageKindRow(kind)
  if (!type) throw new RangeError(`${kind} is a mail only, not a notification.`)
  const page =
    dispute && audience === 'operations'
      ? disputePage(linkMaker, dispute)
      : session
        ? sessionPage(linkMaker, session, audience)
        : request
          ? requestPage(linkMaker, request, audience)
          : otherPage(linkMaker, parts, audience)
  const content = composeMessage({
    kind,
    audience,
    language,
    timeZone,
    recipientName,
    parts,
    links: { [primary]: page },
    brandName: parseMailbox(from).name,
    override: findOverride({ rows: templates, kind, audience, language: chooseLanguage(language).language }),
    hasCalendar: false,
  })
  const subjectId = session ? `${session.id}/${session.sequence}` : (request?.id ?? payoutAccount?.id ?? '')
  const spelledKey = [kind, audience, parts.offset, subjectId, occasion, recipientId].filter(Boolean).join('/')
  return {
    type,
    kind,
    audience,
    title: content.heading,
    message: content.intro,
    action: content.action?.label ?? null,
    actionUrl: content.action?.href ?? null,
    language,
    scheduledSession: session?.id ?? null,
    request: request?.id ?? null,
    dedupeKey: createHash('sha256').update(spelledKey).digest('base64url').slice(0, 22),
    spelledKey,
    metadata: { timeZone, data },
  }
}
