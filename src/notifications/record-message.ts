import type { PayloadRequest } from 'payload'
import type { z } from 'zod'
import { enqueue } from '#outbox/enqueue'
import { settings } from '#settings'
import { composeNotification } from './render/compose-notification'
import { deliveryJob } from './deliver/delivery-job'
import { planDeliveries } from './deliver/plan-deliveries'
import { linkMaker } from './render/link-maker'
import type { MessageData } from './message-data'
import {
  type AddedMessageKind,
  type AudienceOf,
  isMessageKind,
  type MessageAudience,
  type MessageKind,
} from './message-kinds'
import type { MessageOverrideRow } from './message-overrides'
import { insertNotification } from './notification-queries'
import type { Recipient } from './recipient-queries'

/** Mails about a login are sent, but not recorded. */
type RecordedKind = {
  [K in MessageKind]: AudienceOf<K> extends 'account' ? never : K
}[MessageKind]

type MessageOf<Kind, Audience, Data> = {
  kind: Kind
  audience: Audience
  data: Data
  /** What tells it from an earlier message of this kind about the same version of the same thing. */
  occasion?: string
  /** Epoch milliseconds before which it does not go out. */
  sendAfter?: number
}

/** A message to one audience, before it is known who that is. */
export type PlannedMessage = {
  [K in RecordedKind]: MessageOf<K, AudienceOf<K>, MessageData<K>>
}[RecordedKind]

/** @throws RangeError for a kind that the installation defines, but does not name in its options. */
const nameOf = (kind: MessageKind | AddedMessageKind): MessageKind => {
  const name = typeof kind === 'string' ? kind : kind.kind
  if (!isMessageKind(name))
    throw new RangeError(`Name the message "${name}" in the options of parley(): it is not known.`)
  return name
}

/**
 * Records a message for one person and queues what is to be sent of it over each of its channels, in the open transaction. Once per
 * person, occasion and channel: recording it again does nothing.
 * @throws ZodError when the data is not of that kind; RangeError when the kind is not for that audience, or not known.
 */
export const recordMessage = async <Audience extends MessageAudience, Data extends z.ZodObject>(
  req: PayloadRequest,
  {
    message,
    recipient,
    templates,
    paymentId = null,
    now,
  }: {
    message: PlannedMessage | MessageOf<AddedMessageKind<Audience, Data>, NoInfer<Audience>, z.infer<NoInfer<Data>>>
    recipient: Recipient
    templates: readonly MessageOverrideRow[]
    paymentId?: string | null
    /** Epoch milliseconds. */
    now: number
  },
): Promise<void> => {
  const { audience, data, occasion, sendAfter } = message
  const kind = nameOf(message.kind)
  const draft = composeNotification({
    kind,
    audience,
    data,
    recipientId: recipient.id,
    recipientName: recipient.name,
    language: recipient.language,
    timeZone: recipient.timeZone,
    templates,
    linkMaker,
    from: settings.resend.from,
    ...(occasion === undefined ? {} : { occasion }),
  })
  for (const [index, delivery] of planDeliveries(kind, audience).entries()) {
    const id = await insertNotification(req, {
      ...draft,
      ...delivery,
      dedupeKey: index === 0 ? draft.dedupeKey : `${draft.dedupeKey}/${delivery.channel}`,
      spelledKey: index === 0 ? draft.spelledKey : `${draft.spelledKey}/${delivery.channel}`,
      userId: recipient.userId,
      customerId: recipient.customerId,
      paymentId,
      sendAfter: sendAfter ?? null,
      now,
    })
    if (!id) continue
    const { channel } = delivery
    await enqueue(req, deliveryJob({ id, channel, kind }, sendAfter === undefined ? undefined : new Date(sendAfter)))
  }
}
