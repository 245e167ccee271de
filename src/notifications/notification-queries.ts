import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { deleteInBatches } from '#database/delete-in-batches'
import { preparedStatement } from '#database/prepared-statement'
import { sqlStates } from '#database/state-lists'
import { readDb, txDb } from '#database/transactions'
import { createId } from '#shared/ids'
import { openDisputes } from '#payments/payment-states'
import { type KeptDays, retentionSettings } from '#shared/retention'
import type { PlannedDelivery } from './deliver/plan-deliveries'
import type { NotificationDraft } from './render/compose-notification'
import { deliveriesBefore } from './delivery-states'
import type { MessageAudience, MessageKind } from './message-kinds'
import type { MessageOverrideRow } from './message-overrides'
import type { NotificationChannel } from './notification-types'

const selectOverrides = preparedStatement<MessageOverrideRow>(
  'message-overrides',
  'SELECT kind, language, audience, subject, intro FROM message_templates_templates ORDER BY _order',
)

/** What operations wrote in place of the built-in words. */
export const listMessageOverrides = (req: PayloadRequest): Promise<MessageOverrideRow[]> => selectOverrides(req, [])

export type NewNotification = NotificationDraft &
  PlannedDelivery & {
    /** The login, if there is one. */
    userId: string | null
    /** Set for customers, who may be guests. */
    customerId: string | null
    paymentId: string | null
    /** Epoch milliseconds before which it does not go out; null: at once. */
    sendAfter: number | null
    /** Epoch milliseconds from which the days count that it is kept. */
    now: number
  }

const insertRecorded = preparedStatement<{ id: string }>(
  'record-notification',
  `WITH recorded AS (
    INSERT INTO notifications (id, recipient_id, recipient_customer_id, type, kind, audience, title, message, action, action_url,
      scheduled_session_id, request_id, payment_id, language, delivery_channel, delivery_state, delivery_attempts, delivery_next_attempt_at,
      dedupe_key, metadata, expires_at, updated_at, created_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'queued', 0, to_timestamp($16::float8 / 1000), $17, $18,
      to_timestamp($19::float8 / 1000) + coalesce((SELECT retention_messages_days FROM booking_settings LIMIT 1), $20::int) * interval '1 day',
      now(), now()
    -- As the key was spelled until it was made shorter.
    WHERE NOT EXISTS (SELECT FROM notifications WHERE dedupe_key = $21)
    ON CONFLICT (dedupe_key) DO NOTHING
    RETURNING id
  ), channels AS (
    INSERT INTO notifications_channels (id, parent_id, "order", value)
    SELECT gen_random_uuid(), recorded.id, channel.number, channel.value::enum_notifications_channels
    FROM recorded, jsonb_array_elements_text($22::jsonb) WITH ORDINALITY AS channel (value, number)
  )
  SELECT id FROM recorded`,
)

/**
 * Records a message to one person, over one channel, within the open transaction. The same message (same `dedupeKey`) is recorded once, whoever
 * comes first: the other one waits for the first to commit and then does nothing.
 * @returns its id; undefined when it was recorded before.
 */
export const insertNotification = async (
  req: PayloadRequest,
  notification: NewNotification,
): Promise<string | undefined> => {
  const n = notification
  await txDb(req)
  const [recorded] = await insertRecorded(req, [
    createId(),
    n.userId,
    n.customerId,
    n.type,
    n.kind,
    n.audience,
    n.title,
    n.message,
    n.action,
    n.actionUrl,
    n.scheduledSession,
    n.request,
    n.paymentId,
    n.language,
    n.channel,
    n.sendAfter,
    n.dedupeKey,
    JSON.stringify(n.metadata),
    n.now,
    retentionSettings.messagesDays.usual,
    n.spelledKey,
    JSON.stringify(n.channels),
  ])
  return recorded?.id
}

/** A notification that is to be sent, as far as that needs it. */
export type QueuedNotification = {
  id: string
  channel: NotificationChannel
  kind: MessageKind
  audience: MessageAudience
  recipientId: string | null
  customerId: string | null
  sessionId: string | null
  requestId: string | null
  language: string | null
  /** `timeZone` and `data` as they were recorded. */
  metadata: unknown
  attempts: number
  /** The same for the same message to the same person, however often it is recorded; null for rows of old. */
  dedupeKey: string | null
  /** Epoch milliseconds. */
  createdAt: number
}

const selectQueuedChannel = preparedStatement<{ channel: NotificationChannel }>(
  'queued-channel',
  `SELECT delivery_channel AS channel FROM notifications WHERE id = $1 AND delivery_state = 'queued'`,
)

/** The channel of a notification that waits to be sent. */
export const findQueuedChannel = async (req: PayloadRequest, id: string): Promise<NotificationChannel | undefined> =>
  (await selectQueuedChannel(req, [id]))[0]?.channel

const updateClaimed = preparedStatement<QueuedNotification>(
  'claim-notification',
  `UPDATE notifications SET delivery_attempts = coalesce(delivery_attempts, 0) + 1,
    delivery_next_attempt_at = now() + $2::int * interval '1 second', updated_at = now()
  WHERE id = $1 AND delivery_state = 'queued' AND kind IS NOT NULL AND audience IS NOT NULL
    AND (delivery_next_attempt_at IS NULL OR delivery_next_attempt_at <= now())
  RETURNING id, delivery_channel AS channel, kind, audience, recipient_id AS "recipientId", recipient_customer_id AS "customerId",
    scheduled_session_id AS "sessionId", request_id AS "requestId", language, metadata, delivery_attempts::int AS attempts, dedupe_key AS "dedupeKey",
    (extract(epoch FROM created_at) * 1000)::float8 AS "createdAt"`,
)

/**
 * Takes a queued notification for one attempt, for so long that a second worker comes by only if the first one died. What is
 * sent, failed or skipped, or waits for its next attempt, is left alone. Outside of a transaction: others have to see it.
 */
export const claimNotification = async (
  req: PayloadRequest,
  id: string,
  leaseSeconds: number,
): Promise<QueuedNotification | undefined> => (await updateClaimed(req, [id, leaseSeconds]))[0]

/** A notification that waits: over which channel, and when it can be taken next; undefined for one that does not wait. */
export const findQueued = async (
  req: PayloadRequest,
  id: string,
): Promise<(Pick<QueuedNotification, 'id' | 'channel' | 'kind'> & { nextAt: number | null }) | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT id, delivery_channel AS channel, kind, (extract(epoch FROM delivery_next_attempt_at) * 1000)::float8 AS "nextAt" FROM notifications
    WHERE id = ${id} AND delivery_state = 'queued' AND kind IS NOT NULL`)
  return rows[0] as (Pick<QueuedNotification, 'id' | 'channel' | 'kind'> & { nextAt: number | null }) | undefined
}

export type DeliveryOutcome =
  { state: 'sent'; providerMessageId: string | null } | { state: 'failed' | 'skipped'; reason: string }

/** Stores how a delivery ended. Whoever was first has the last word: what is not queued any more stays as it is. */
export const storeDelivery = async (req: PayloadRequest, id: string, outcome: DeliveryOutcome): Promise<void> => {
  const db = await readDb(req)
  const isSent = outcome.state === 'sent'
  // What it was written from is needed no more, but for what tells it from a later message of its kind (`listTold`, `lostReminders`).
  const metadata = isSent
    ? sql`jsonb_strip_nulls(jsonb_build_object('data', jsonb_build_object('offset', metadata->'data'->'offset',
        'session', jsonb_build_object('sequence', metadata->'data'->'session'->'sequence', 'startsAt', metadata->'data'->'session'->'startsAt',
          'endsAt', metadata->'data'->'session'->'endsAt'))))`
    : sql`metadata`
  await db.execute(sql`
    UPDATE notifications SET delivery_state = ${outcome.state}, delivery_next_attempt_at = NULL,
      delivery_error = ${outcome.state === 'sent' ? null : outcome.reason},
      delivery_provider_message_id = ${outcome.state === 'sent' ? outcome.providerMessageId : null},
      email_sent_at = CASE WHEN ${isSent} AND delivery_channel = 'email' THEN now() END, metadata = ${metadata},
      updated_at = now()
    WHERE id = ${id} AND delivery_state IN ${sqlStates(deliveriesBefore(outcome.state))}`)
}

/**
 * Stores why an attempt came to nothing and when the next one is due. `isAttempt`: false where it was not even made.
 * @returns that moment; undefined when the notification is not queued any more.
 */
export const storeRetry = async (
  req: PayloadRequest,
  id: string,
  { reason, delaySeconds, isAttempt }: { reason: string; delaySeconds: number; isAttempt: boolean },
): Promise<Date | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    UPDATE notifications SET delivery_error = ${reason},
      delivery_attempts = greatest(0, delivery_attempts - ${isAttempt ? 0 : 1}),
      delivery_next_attempt_at = now() + ${delaySeconds}::int * interval '1 second', updated_at = now()
    WHERE id = ${id} AND delivery_state = 'queued'
    RETURNING (extract(epoch FROM delivery_next_attempt_at) * 1000)::float8 AS next`)
  const next = rows[0]?.next
  return typeof next === 'number' ? new Date(next) : undefined
}

const reminderColumns = {
  day: sql.raw('reminders_day_before_sent_at'),
  hour: sql.raw('reminders_hour_before_sent_at'),
  'post-session': sql.raw('reminders_post_session_sent_at'),
}

/** Notes on the session that a reminder went out. One column only, so that nobody else's change is written over. */
export const storeReminderSent = async (
  req: PayloadRequest,
  sessionId: string,
  reminder: keyof typeof reminderColumns,
): Promise<void> => {
  const db = await txDb(req)
  const column = reminderColumns[reminder]
  await db.execute(sql`UPDATE scheduled_sessions SET ${column} = coalesce(${column}, now()) WHERE id = ${sessionId}`)
}

/** A session that was moved has its reminders still before it. */
export const forgetReminders = async (req: PayloadRequest, sessionId: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`
    UPDATE scheduled_sessions SET reminders_day_before_sent_at = NULL, reminders_hour_before_sent_at = NULL
    WHERE id = ${sessionId} AND coalesce(reminders_day_before_sent_at, reminders_hour_before_sent_at) IS NOT NULL`)
}

/**
 * Removes messages that are older than what they are kept for. Those stay that wait to be sent, that are about a session that is not over (whoever
 * changes it asks what was told), and that the bank is shown in a dispute which is open.
 */
export const deleteOldMessages = (payload: Payload, { messagesDays }: KeptDays): Promise<number> =>
  deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM notifications WHERE id IN (
        SELECT n.id FROM notifications n
        WHERE n.created_at < now() - ${messagesDays} * interval '1 day' AND (n.delivery_state <> 'queued' OR n.kind IS NULL)
          AND NOT EXISTS (SELECT FROM scheduled_sessions s WHERE s.id = n.scheduled_session_id AND s.ends_at > now())
          AND NOT EXISTS (SELECT FROM payments p JOIN disputes d ON d.payment_id = p.id
            WHERE p.scheduled_session_id = n.scheduled_session_id AND d.status IN ${sqlStates(openDisputes)})
        ORDER BY n.created_at LIMIT ${limit})`,
  )
