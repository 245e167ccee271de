import type { PayloadRequest } from 'payload'
import { enqueue } from '#outbox/enqueue'
import { settings } from '#settings'
import { composeNotification, type RecordedKind } from './render/compose-notification'
import { deliveryJob } from './deliver/delivery-job'
import { planDeliveries } from './deliver/plan-deliveries'
import { linkMaker } from './render/link-maker'
import type { MessageData } from './message-data'
import type { AudienceOf } from './message-kinds'
import type { MessageOverrideRow } from './message-overrides'
import { insertNotification } from './notification-queries'
import type { Recipient } from './recipient-queries'

type MessageOf<K extends RecordedKind> = {
  kind: K
  audience: AudienceOf<K>
  data: MessageData<K>
  /** What tells it from an earlier message of this kind about the same version of the same thing. */
  occasion?: string
  /** Epoch milliseconds before which it does not go out. */
  sendAfter?: number
}

/** A message to one audience, before it is known who that is. */
export type PlannedMessage = { [K in RecordedKind]: MessageOf<K> }[RecordedKind]

/**
 * Records a message for one person and queues what is to be sent of it over each of its channels, in the open transaction. Once per
 * person, occasion and channel: recording it again does nothing.
 */
export const recordMessage = async (
  req: PayloadRequest,
  {
    message,
    recipient,
    templates,
    paymentId = null,
    now,
  }: {
    message: MessageOf<RecordedKind>
    recipient: Recipient
    templates: readonly MessageOverrideRow[]
    paymentId?: string | null
    /** Epoch milliseconds. */
    now: number
  },
): Promise<void> => {
  const { kind, audience, data, occasion, sendAfter } = message
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
    now,
  })
  for (const [index, delivery] of planDeliveries(kind, audience).entries()) {
    const id = await insertNotification(req, {
      ...draft,
      ...delivery,
      dedupeKey: index === 0 ? draft.dedupeKey : `${draft.dedupeKey}/${delivery.channel}`,
      userId: recipient.userId,
      customerId: recipient.customerId,
      paymentId,
      sendAfter: sendAfter ?? null,
    })
    if (id) await enqueue(req, deliveryJob(id, sendAfter === undefined ? undefined : new Date(sendAfter)))
  }
}
