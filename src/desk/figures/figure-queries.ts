import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { textStates } from '#database/state-lists'
import { poolDb } from '#database/transactions'
import type { NamesOf } from '#observability/metric-table'
import { doneEvents, inboxStates } from '#shared/inbox-states'
import { namesOf, statesWhere } from '#shared/state-table'
import { liveSessions, sessionStates } from '#sessions/session-states'

type FigureName = NamesOf<'gauge'>

export type Figure = { name: FigureName; labels: Readonly<Record<string, string>>; value: number }

const openEvents = namesOf(inboxStates).filter((state) => !doneEvents.some((done) => done === state))
const unpaid = textStates(statesWhere(sessionStates, 'waitsFor', 'payment'))
const unconfirmed = textStates(statesWhere(sessionStates, 'waitsFor', 'confirmation'))
const late = `interval '10 minutes'`
const cap = 10_000

/** How many rows a select has, and no more than the bound. */
const counted = (from: string, most = cap): string => `SELECT count(*) FROM (SELECT FROM ${from} LIMIT ${most}) few`
/** What operations have given up is not told of any more. */
const notGivenUp = (kind: string, id: string, more = ''): string =>
  `NOT EXISTS (SELECT FROM parley.given_up g WHERE g.kind = '${kind}' AND g.work_id = ${id}::text${more})`
const secondsSince = (moment: string): string => `extract(epoch FROM now() - ${moment})`
const alone = (value: string): string => `SELECT '{}'::jsonb AS labels, (${value})::float8 AS value`

const dueJobs = `
  SELECT task_id, greatest(run_at, created_at) AS since FROM graphile_worker._private_jobs WHERE is_available AND run_at <= now() LIMIT 100000`
/** Nobody is put back for longer than a quarter of an hour and some seconds at a time. */
const putBackJobs = `
  SELECT task_id, created_at AS since FROM graphile_worker._private_jobs
  WHERE is_available AND last_error IS NOT NULL AND run_at < now() + interval '20 minutes' LIMIT 100000`
const failedJobs = `
  SELECT task_id FROM graphile_worker._private_jobs WHERE attempts >= max_attempts AND locked_at IS NULL LIMIT ${cap}`
const byTask = (rows: string, labels: string, value: string): string => `
  SELECT jsonb_build_object('task', t.identifier${labels}) AS labels, (${value})::float8 AS value
  FROM (${rows}) job JOIN graphile_worker._private_tasks t ON t.id = job.task_id GROUP BY t.identifier`

/** Columns `labels` (jsonb) and `value`. A bound keeps a flood from making the look itself slow. */
const selects = {
  parley_database_connections: alone(`SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'`),
  parley_database_connections_max: alone(`current_setting('max_connections')`),
  parley_workers: alone(
    `SELECT count(*) FROM parley.facts WHERE key LIKE 'worker:%' AND updated_at > now() - interval '20 seconds'`,
  ),
  parley_queue_jobs: `${byTask(dueJobs, `, 'state', 'due'`, 'count(*)')} UNION ALL ${byTask(failedJobs, `, 'state', 'failed'`, 'count(*)')}`,
  parley_queue_oldest_due_seconds: byTask(dueJobs, '', secondsSince('min(since)')),
  parley_queue_oldest_put_back_seconds: byTask(putBackJobs, '', secondsSince('min(since)')),
  // State by state: a comparison with something else than a constant finds no index.
  parley_stripe_events: openEvents
    .map((state) => {
      const labels = `jsonb_build_object('state', '${state}')`
      const isOpen = state === 'failed' ? ` AND ${notGivenUp('stripe-event', 'stripe_events.id')}` : ''
      return `SELECT ${labels}, (${counted(`stripe_events WHERE status = '${state}'${isOpen}`)})::float8`
    })
    .join(' UNION ALL '),
  parley_stripe_event_oldest_seconds: alone(
    `SELECT coalesce(max(${secondsSince('received_at')}), 0) FROM stripe_events WHERE status = 'received'`,
  ),
  parley_refunds_failed: alone(
    counted(`refunds WHERE status = 'failed' AND coalesce(internal_notes, '') = ''
      AND NOT EXISTS (SELECT FROM refunds again WHERE again.retry_of_id = refunds.id) AND ${notGivenUp('refund', 'refunds.id')}`),
  ),
  parley_deliveries: `
    SELECT jsonb_build_object('channel', channel, 'state', state), count(*)::float8 FROM (
      (SELECT delivery_channel AS channel, delivery_state AS state FROM notifications WHERE delivery_state = 'queued' LIMIT ${cap})
      UNION ALL
      (SELECT delivery_channel, delivery_state FROM notifications
        WHERE delivery_state = 'failed' AND created_at > now() - interval '3 days' AND ${notGivenUp('message', 'notifications.id')} LIMIT ${cap})) few
    GROUP BY channel, state`,
  parley_delivery_oldest_queued_seconds: alone(`
    SELECT coalesce(max(${secondsSince('coalesce(delivery_next_attempt_at, created_at)')}), 0) FROM notifications
    WHERE delivery_state = 'queued' AND coalesce(delivery_next_attempt_at, created_at) < now()`),
  parley_sessions_overdue: `
    SELECT jsonb_build_object('state', status), count(*)::float8 FROM (
      (SELECT status FROM scheduled_sessions WHERE status IN (${unpaid}) AND payment_deadline < now() - ${late} LIMIT ${cap})
      UNION ALL
      (SELECT status FROM scheduled_sessions WHERE status IN (${unconfirmed}) AND confirm_by < now() - ${late} LIMIT ${cap})
      UNION ALL
      (SELECT status FROM scheduled_sessions WHERE status IN (${unconfirmed}) AND email_confirm_by < now() - ${late}
        AND coalesce(confirm_by, now()) >= now() - ${late} LIMIT ${cap})
      UNION ALL
      (SELECT status FROM scheduled_sessions WHERE status IN (${textStates(liveSessions)}) AND starts_at < now() AND ends_at < now() - ${late}
        - coalesce((SELECT completion_grace_minutes FROM booking_settings LIMIT 1), 30) * interval '1 minute' LIMIT ${cap})) few
    GROUP BY status`,
  parley_provider_failing_seconds: `
    SELECT jsonb_build_object('provider', provider), coalesce(${secondsSince('failing_since')}, 0)::float8
    FROM parley.provider_health LIMIT 100`,
  parley_calendar_connections: `
    SELECT jsonb_build_object('state', status), count(*)::float8 FROM calendar_connections GROUP BY status`,
  parley_calendar_connections_unread: `
    SELECT jsonb_build_object('state', status), count(*)::float8 FROM calendar_connections
    WHERE status <> 'disconnected' AND stale_since < now() - interval '1 hour'
      AND ${notGivenUp('calendar-connection', 'calendar_connections.id', ' AND g.decided_at >= stale_since')} GROUP BY status`,
  parley_calendar_entries_late: alone(
    counted(
      `calendar_events WHERE delivered_version < desired_version AND state <> 'abandoned' AND updated_at < now() - interval '1 hour'`,
    ),
  ),
  parley_reconciliation_findings_open: alone(
    counted(`reconciliation_findings WHERE status = 'open' AND coalesce(internal_notes, '') = ''`),
  ),
  parley_money_faults: `
    SELECT jsonb_build_object('code', fault.key), fault.value::float8
    FROM parley.facts, jsonb_each_text(value) fault WHERE facts.key = 'money_faults'`,
  parley_money_check_age_seconds: `
    SELECT '{}'::jsonb, ${secondsSince('updated_at')}::float8 FROM parley.facts WHERE key = 'money_faults'`,
  parley_backup_age_seconds: `
    SELECT '{}'::jsonb, ${secondsSince('updated_at')}::float8 FROM parley.facts WHERE key = 'last_backup'`,
} satisfies Partial<Record<FigureName, string>>

export const figureNames = namesOf(selects)

const statementText = Object.entries(selects)
  .map(([name, select]) => `SELECT '${name}' AS name, labels, value FROM (${select}) figure (labels, value)`)
  .join('\nUNION ALL\n')
const statement = sql.raw(statementText)

/** What stands in the database and is worth watching, in one statement that reads no large table as a whole. */
export const readFigures = async (payload: Payload): Promise<Figure[]> => {
  const { rows } = await poolDb(payload).execute(statement)
  return rows as Figure[]
}
