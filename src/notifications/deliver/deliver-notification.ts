import type { Payload } from 'payload'
import { ZodError } from 'zod'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { settings } from '#settings'
import { composeMail } from '../render/compose-mail'
import { decideDelivery, skipReasons } from './decide-delivery'
import { decideRetry } from './decide-retry'
import { deliveryJob } from './delivery-job'
import { linkMaker } from '../render/link-maker'
import { mailGateway } from '../channels/email/mail-gateway'
import { parseMessageParts } from '../message-data'
import type { MessageSubjects } from '../message-subjects'
import {
  claimNotification,
  type DeliveryOutcome,
  listMessageOverrides,
  type QueuedNotification,
  storeDelivery,
  storeReminderSent,
  storeRetry,
} from '../notification-queries'
import type { OutgoingMail } from '../channels/email/outgoing-mail'
import { findAddressedRecipient } from '../recipient-queries'
import type { SendOutcome } from '../channels/email/resend/resend-gateway'

/** Longer than the gateway waits for an answer; when it is over, whoever took the notification is dead. */
const leaseSeconds = 60

const metadataOf = ({ metadata }: QueuedNotification): { timeZone: string | null; data: unknown } => {
  if (typeof metadata !== 'object' || metadata === null || !('data' in metadata)) {
    throw new RangeError('The notification has no stored data.')
  }
  const timeZone = 'timeZone' in metadata && typeof metadata.timeZone === 'string' ? metadata.timeZone : null
  return { timeZone, data: metadata.data }
}

/**
 * The mail as it goes out now, or why none does. Reads only.
 * @throws RangeError or ZodError when the row is not one that `composeNotification` wrote.
 */
const prepare = async (
  payload: Payload,
  notification: QueuedNotification,
  subjects: MessageSubjects,
): Promise<{ mail: OutgoingMail } | { outcome: DeliveryOutcome }> => {
  const req = await localRequest(payload)
  const { id, kind, audience, sessionId, requestId, language, createdAt } = notification
  const { timeZone, data } = metadataOf(notification)
  const parts = parseMessageParts(kind, data)
  const recipient = await findAddressedRecipient(req, notification)
  const decision = decideDelivery({ kind, parts }, recipient, {
    ...(parts.session ? { session: (sessionId && (await subjects.session(req, sessionId))) || null } : {}),
    ...(parts.request ? { request: (requestId && (await subjects.request(req, requestId))) || null } : {}),
    now: Date.now(),
  })
  if (!decision.send) return { outcome: { state: 'skipped', reason: skipReasons[decision.reason] } }
  const mail = await composeMail({
    notification: { id, kind, audience, data, createdAt },
    recipient: { name: recipient.name, email: recipient.email ?? '', language, timeZone },
    templates: await listMessageOverrides(req),
    linkMaker,
    from: settings.resend.from,
  })
  return { mail }
}

/** A row that nothing can be written from will not get better by trying again. */
const prepareOrFail: typeof prepare = async (payload, notification, subjects) => {
  try {
    return await prepare(payload, notification, subjects)
  } catch (error) {
    if (!(error instanceof RangeError) && !(error instanceof ZodError)) throw error
    return { outcome: { state: 'failed', reason: error.message.slice(0, 2_000) } }
  }
}

const outcomeOf = (answer: SendOutcome): DeliveryOutcome | undefined => {
  switch (answer.status) {
    case 'sent':
      return { state: 'sent', providerMessageId: answer.providerMessageId }
    case 'refused':
      return { state: 'failed', reason: answer.reason }
    case 'retry':
      return undefined
  }
}

/** Which of the session's reminders this message is. */
const reminderOf = (notification: QueuedNotification) => {
  if (notification.kind === 'session_completed') return 'post-session'
  if (notification.kind !== 'booking_reminder') return undefined
  return parseMessageParts('booking_reminder', metadataOf(notification).data).offset
}

const store = async (payload: Payload, notification: QueuedNotification, outcome: DeliveryOutcome): Promise<void> => {
  const { id, kind, sessionId } = notification
  await withTransaction(payload, async (req) => {
    await storeDelivery(req, id, outcome)
    if (outcome.state !== 'sent' || sessionId === null) return
    const reminder = reminderOf(notification)
    if (reminder) await storeReminderSent(req, sessionId, reminder)
  })
  if (outcome.state === 'failed') {
    payload.logger.error({ notificationId: id, kind, reason: outcome.reason, msg: 'A mail cannot be delivered' })
  }
}

const storeForLater = async (
  payload: Payload,
  notification: QueuedNotification,
  { reason, retryAfterSeconds }: { reason: string; retryAfterSeconds: number | null },
): Promise<void> => {
  const decision = decideRetry({ ...notification, now: Date.now(), retryAfterSeconds })
  if (!decision.retry) {
    await store(payload, notification, { state: 'failed', reason: `Given up after three days. ${reason}` })
    return
  }
  const { id, kind, attempts } = notification
  await withTransaction(payload, async (req) => {
    const next = await storeRetry(req, id, { reason, delaySeconds: decision.delaySeconds })
    if (next) await enqueue(req, deliveryJob(id, next))
  })
  payload.logger.warn({ notificationId: id, kind, attempts, reason, msg: 'A mail will be tried again' })
}

/**
 * Sends the mail of a notification, if it is still to be sent. No transaction is open while the provider is asked. However
 * often and wherever this runs, the provider sees one key per notification, so the mail goes out once: an answer that got
 * lost is fetched by asking again.
 */
export const deliverNotification = async (
  payload: Payload,
  { notificationId, subjects }: { notificationId: string; subjects: MessageSubjects },
): Promise<void> => {
  const gateway = mailGateway()
  const notification = await claimNotification(payload, notificationId, leaseSeconds)
  if (!notification) return
  const prepared = await prepareOrFail(payload, notification, subjects)
  if ('outcome' in prepared) {
    await store(payload, notification, prepared.outcome)
    return
  }
  const answer = await gateway.send(prepared.mail)
  const outcome = outcomeOf(answer)
  if (outcome) await store(payload, notification, outcome)
  else if (answer.status === 'retry') await storeForLater(payload, notification, answer)
}
