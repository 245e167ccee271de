import { sql } from '@payloadcms/db-postgres'
import { storeState } from '#database/store-state'
import { aboutSql } from '#outbox/stuck-job-queries'
import { cancelJobs, enqueue } from '#outbox/enqueue'
import { lateAfter, type StuckWork } from '#outbox/stuck-work'
import { deliveryJob } from './deliver/delivery-job'
import { deliveryMachine } from './delivery-states'
import { isMessageKind, messageKindRow } from './message-kinds'
import { findQueued } from './notification-queries'
import { inEnglish } from '#shared/words'

const at = { table: 'notifications', column: 'delivery_state' }

export const notificationsStuck = {
  kinds: {
    message: {
      label: 'Messages',
      title: (what) => (isMessageKind(what) ? inEnglish(messageKindRow(what).label) : what || 'A message'),
      select: sql`
        SELECT n.id::text AS id, coalesce(n.kind::text, '') AS what,
          CASE n.delivery_channel::text WHEN 'email' THEN 'resend' ELSE n.delivery_channel::text END AS provider,
          n.created_at AS since, coalesce(n.delivery_attempts, 0)::int AS tries,
          CASE WHEN n.delivery_state = 'queued' THEN n.delivery_next_attempt_at END AS next_at, n.delivery_error AS error,
          n.delivery_state = 'failed' AS is_over,
          ${aboutSql({
            notifications: sql`n.id`,
            'scheduled-sessions': sql`n.scheduled_session_id`,
            'consultation-requests': sql`n.request_id`,
            customers: sql`n.recipient_customer_id`,
            users: sql`CASE WHEN n.recipient_customer_id IS NULL THEN n.recipient_id END`,
          })} AS about
        FROM notifications n
        WHERE n.delivery_state = 'failed' OR n.delivery_state = 'queued'
          AND (n.delivery_error IS NOT NULL OR coalesce(n.delivery_next_attempt_at, n.created_at) < now() - ${sql.raw(lateAfter)})`,
      tryAgain: {
        follows: () =>
          'It is sent now, under the same key as before, so that nobody gets it twice. Where it is not true any more it is left out.',
        run: async (req, { id }, { actor: { role } }) => {
          await storeState(req, deliveryMachine, {
            ...{ at, id, to: 'queued', role, mayStay: true },
            set: sql`delivery_error = NULL, delivery_next_attempt_at = now(), `,
          })
          const queued = await findQueued(req, id)
          if (queued) await enqueue(req, deliveryJob(queued))
          return true
        },
      },
      giveUp: {
        follows: () => 'This person does not get this message on this channel. Everything else goes on.',
        run: async (req, { id, isOver }, { actor: { role }, reason }) => {
          if (isOver) return true
          await storeState(req, deliveryMachine, {
            ...{ at, id, to: 'skipped', role },
            set: sql`delivery_error = ${`Given up by operations: ${reason}`}, delivery_next_attempt_at = NULL, `,
          })
          await cancelJobs(
            req,
            `deliver-notification:${id}`,
            `sweep:deliver-notification:${id}`,
            `sweep:deliver-over-channel:${id}`,
          )
          return true
        },
      },
    },
  },
  tasks: {
    'deliver-notification': {
      label: 'Sending a message',
      isShownByKind: true,
      ifGivenUp: 'Only this job is removed: a message that is still queued is sent all the same.',
    },
    'deliver-over-channel': {
      label: 'Sending a message over a channel of the installation',
      isShownByKind: true,
      ifGivenUp: 'Only this job is removed: a message that is still queued is sent all the same.',
    },
    'deliver-mail': { label: 'Mail', provider: 'resend', ifGivenUp: 'This mail is not sent.' },
  },
} satisfies StuckWork
