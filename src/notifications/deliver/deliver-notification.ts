import { createHash } from 'node:crypto'
import type { Payload } from 'payload'
import { ZodError } from 'zod'
import { localRequest } from '#database/local-request'
import { withTransaction } from '#database/transactions'
import { enqueue } from '#outbox/enqueue'
import { settings } from '#settings'
import { composeOutgoing } from '../render/compose-outgoing'
import { decideDelivery, skipReasons } from './decide-delivery'
import { decideRetry } from './decide-retry'
import { deliveryJob, deliveryPriority } from './delivery-job'
import { maySendUnconfirmed } from './may-send-to'
import { messageKindRow } from '../message-kinds'
import { linkMaker } from '../render/link-maker'
import type { Channel, OutgoingMessage, SendOutcome } from '../channel'
import { messageChannels } from '../channels/message-channels'
import { askChannel, ChannelTrouble, readOutcome } from './ask-channel'
import { parseMessageParts } from '../message-data'
import type { MessageSubjects } from '../message-subjects'
import {
  claimNotification,
  type DeliveryOutcome,
  findQueued,
  findQueuedChannel,
  listMessageOverrides,
  type QueuedNotification,
  storeDelivery,
  storeReminderSent,
  storeRetry,
} from '../notification-queries'
import { findAddressedRecipient } from '../recipient-queries'

/** Longer than a channel is waited for in all; when it is over, whoever took the notification is dead. */
const leaseSeconds = 60
const secondsToAddress = 10
const secondsToSend = 30

type Delivery = { notification: QueuedNotification; channel: Channel; subjects: MessageSubjects }

const metadataOf = ({ metadata }: QueuedNotification): { timeZone: string | null; data: unknown } => {
  if (typeof metadata !== 'object' || metadata === null || !('data' in metadata)) {
    throw new RangeError('The notification has no stored data.')
  }
  const timeZone = 'timeZone' in metadata && typeof metadata.timeZone === 'string' ? metadata.timeZone : null
  return { timeZone, data: metadata.data }
}

/**
 * The message as it goes out now, or why none does. Reads only.
 * @throws RangeError or ZodError when the row is not one that `composeNotification` wrote; ChannelTrouble.
 */
const prepare = async (
  payload: Payload,
  { notification, channel, subjects }: Delivery,
): Promise<{ message: OutgoingMessage; isConfirmed: boolean } | { outcome: DeliveryOutcome }> => {
  const req = await localRequest(payload)
  const { id, kind, audience, recipientId, customerId, sessionId, requestId, language, createdAt } = notification
  const { timeZone, data } = metadataOf(notification)
  const parts = parseMessageParts(kind, data)
  const { isActive, isConfirmed, ...recipient } = await findAddressedRecipient(req, notification)
  const reached = { ...recipient, audience, customerId, userId: recipientId }
  const address = isActive ? await askChannel(secondsToAddress, () => channel.addressOf(reached, req)) : null
  const isWanted = await askChannel(
    secondsToAddress,
    () => channel.isWanted?.(reached, messageKindRow(kind).category) ?? true,
  )
  const { preferences } = recipient
  const decision = decideDelivery(
    { kind, parts },
    { address: address ?? null, isActive, isWanted, preferences },
    {
      ...(parts.session ? { session: (sessionId && (await subjects.session(req, sessionId))) || null } : {}),
      ...(parts.request ? { request: (requestId && (await subjects.request(req, requestId))) || null } : {}),
      now: Date.now(),
    },
  )
  if (!decision.send) return { outcome: { state: 'skipped', reason: skipReasons[decision.reason] } }
  const templates = await listMessageOverrides(req)
  const message = compose({
    notification: { id, kind, audience, data, createdAt },
    recipient: {
      name: recipient.name,
      email: recipient.email,
      address: address ?? '',
      language,
      timeZone,
      isConfirmed,
    },
    templates,
    linkMaker,
    from: settings.resend.from,
  })
  return { message, isConfirmed }
}

/** A row that nothing can be written from will not get better by trying again. */
const isHopeless = (error: unknown): error is Error => error instanceof RangeError || error instanceof ZodError

/** The words may be an installation's: what they throw otherwise is tried again for as long as a channel that is down, not for ever. */
const compose: typeof composeOutgoing = (stored) => {
  try {
    return composeOutgoing(stored)
  } catch (error) {
    if (isHopeless(error)) throw error
    throw new ChannelTrouble(`The message could not be written: ${String(error).slice(0, 500)}`, { cause: error })
  }
}

const prepareOrFail: typeof prepare = async (payload, delivery) => {
  try {
    return await prepare(payload, delivery)
  } catch (error) {
    if (!isHopeless(error)) throw error
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
  const reminder = outcome.state === 'sent' && sessionId !== null ? reminderOf(notification) : undefined
  if (reminder === undefined || sessionId === null) await storeDelivery(await localRequest(payload), id, outcome)
  else {
    await withTransaction(payload, async (req) => {
      await storeDelivery(req, id, outcome)
      await storeReminderSent(req, sessionId, reminder)
    })
  }
  if (outcome.state === 'failed') {
    payload.logger.error({ notificationId: id, kind, reason: outcome.reason, msg: 'A message cannot be delivered' })
  }
}

const storeForLater = async (
  payload: Payload,
  notification: QueuedNotification,
  answer: { reason: string; retryAfterSeconds: number | null; isPostponed?: boolean },
): Promise<void> => {
  const { reason } = answer
  const priority = deliveryPriority(notification.kind)
  const decision = decideRetry({ ...notification, ...answer, priority, now: Date.now(), random: Math.random() })
  if (!decision.retry) {
    await store(payload, notification, { state: 'failed', reason: `Given up after three days. ${reason}` })
    return
  }
  const { id, kind, attempts, channel } = notification
  const { isPostponed = false } = answer
  await withTransaction(payload, async (req) => {
    const next = await storeRetry(req, id, { reason, delaySeconds: decision.delaySeconds, isAttempt: !isPostponed })
    if (next) await enqueue(req, deliveryJob({ id, channel, kind }, next))
  })
  if (isPostponed) return
  payload.logger.warn({ notificationId: id, kind, attempts, reason, msg: 'A message will be tried again' })
}

/**
 * Sends a notification over its channel, if it is still to be sent. No transaction is open while the channel is asked. However
 * often and wherever this runs, the channel sees one key per notification, so the message goes out once: an answer that got
 * lost is fetched by asking again.
 * @throws Error when the channel is not set up: the message waits.
 */
export const deliverNotification = async (
  payload: Payload,
  { notificationId, subjects }: { notificationId: string; subjects: MessageSubjects },
): Promise<void> => {
  const req = await localRequest(payload)
  const name = await findQueuedChannel(req, notificationId)
  if (name === undefined) return
  // One that does not say so keeps a worker no longer than one that does not send.
  if (messageChannels.has(name)) await askChannel(secondsToAddress, () => messageChannels.row(name).requireReady?.())
  const notification = await claimNotification(req, notificationId, leaseSeconds)
  if (!notification) return comeBack(payload, notificationId)
  if (!messageChannels.has(name)) {
    await store(payload, notification, { state: 'failed', reason: `There is no channel "${name}" any more.` })
    return
  }
  try {
    await attempt(payload, { notification, channel: messageChannels.row(name), subjects })
  } catch (error) {
    if (!(error instanceof ChannelTrouble)) throw error
    await storeForLater(payload, notification, { reason: error.message, retryAfterSeconds: null })
  }
}

/** Whoever has taken it may be dead: then this is the job that was given back, and it is looked at again when the lease is over. */
const comeBack = (payload: Payload, id: string): Promise<void> =>
  withTransaction(payload, async (req) => {
    const queued = await findQueued(req, id)
    if (queued?.nextAt) await enqueue(req, deliveryJob(queued, new Date(queued.nextAt)))
  })

/**
 * The same for the same message also when it was recorded anew, as after a restore of a backup that was taken before it was; a hash, as keys
 * have a length.
 */
const idempotencyKeyOf = ({ id, dedupeKey }: QueuedNotification): string =>
  `notification/${dedupeKey === null ? id : createHash('sha256').update(dedupeKey).digest('base64url')}`

/** @throws ChannelTrouble */
const attempt = async (payload: Payload, delivery: Delivery): Promise<void> => {
  const { notification, channel } = delivery
  const prepared = await prepareOrFail(payload, delivery)
  if ('outcome' in prepared) {
    await store(payload, notification, prepared.outcome)
    return
  }
  const { message, isConfirmed } = prepared
  const counted = { notificationId: notification.id, address: message.recipient.address }
  if (!isConfirmed && !(await maySendUnconfirmed(payload, counted))) {
    await store(payload, notification, { state: 'skipped', reason: skipReasons.withheld })
    return
  }
  const answer = readOutcome(
    await askChannel(secondsToSend, (signal) =>
      channel.deliver(message, { idempotencyKey: idempotencyKeyOf(notification), signal }),
    ),
  )
  const outcome = outcomeOf(answer)
  if (outcome) await store(payload, notification, outcome)
  else if (answer.status === 'retry') await storeForLater(payload, notification, answer)
}
