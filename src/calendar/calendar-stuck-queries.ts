import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { txDb } from '#database/transactions'
import { cancelJobs, enqueue } from '#outbox/enqueue'
import { aboutSql } from '#outbox/stuck-job-queries'
import { foundBySweep, lateAfter, type StuckKind, type StuckWork } from '#outbox/stuck-work'
import { syncCalendarFileJob, syncCalendarJob } from './busy/sync-calendar-job'
import { brokenConnections, usableConnections } from './connections/connection-states'

const late = sql.raw(lateAfter)

const entries: StuckKind = {
  label: 'Calendar entries',
  title: () => 'Session in the calendar of its expert',
  select: sql`
    SELECT e.id::text AS id, 'entry' AS what, c.provider::text AS provider, coalesce(c.stale_since, e.updated_at) AS since,
      coalesce(e.failures, 0)::int AS tries, CASE WHEN c.status <> 'needs_reauth' THEN e.next_attempt_at END AS next_at,
      CASE WHEN c.status = 'needs_reauth' THEN 'NeedsReauthError' ELSE e.last_error END AS error, false AS is_over,
      ${aboutSql({ 'scheduled-sessions': sql`e.scheduled_session_id`, 'consultant-profiles': sql`e.consultant_id` })} AS about
    FROM calendar_events e JOIN calendar_connections c ON c.id = e.connection_id
    WHERE e.delivered_version < e.desired_version AND e.state <> 'abandoned' AND c.status <> 'disconnected'
      AND (e.last_error IS NOT NULL OR coalesce(e.next_attempt_at, e.updated_at) < now() - ${late})`,
  tryAgain: {
    follows: () => 'The calendar is brought to what the session is now.',
    refuses: ({ error }) =>
      error === 'NeedsReauthError'
        ? 'The expert has to connect the calendar again; everything that waits is written then.'
        : undefined,
    run: async (req, { id }) => {
      const { rowCount } = await (
        await txDb(req)
      ).execute(sql`
        UPDATE calendar_events SET next_attempt_at = now(), last_error = NULL, updated_at = now()
        WHERE id = ${id} AND delivered_version < desired_version AND state <> 'abandoned'`)
      const payload = { calendarEventId: id }
      if (rowCount) await enqueue(req, { task: 'deliver-calendar-event', payload, key: `deliver-calendar-event:${id}` })
      return Boolean(rowCount)
    },
  },
  giveUp: {
    follows: () =>
      'The entry in the calendar is left alone from now on, also when the session changes. The expert still sees the session in Parley and in mails.',
    run: async (req, { id }) => {
      const { rowCount } = await (
        await txDb(req)
      ).execute(sql`
        UPDATE calendar_events SET state = 'abandoned', next_attempt_at = NULL, updated_at = now()
        WHERE id = ${id} AND delivered_version < desired_version AND state <> 'abandoned'`)
      await cancelJobs(req, `deliver-calendar-event:${id}`)
      return Boolean(rowCount)
    },
  },
}

const readNow = async (req: PayloadRequest, connectionId: string): Promise<boolean> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`
    UPDATE connected_calendars k SET next_sync_at = now(), updated_at = now() FROM calendar_connections c
    WHERE c.id = k.connection_id AND c.id = ${connectionId} AND k.counts_as_busy AND c.status IN ${sqlStates(usableConnections)}
    RETURNING k.id, k.reading`)
  await enqueue(
    req,
    ...(rows as { id: string; reading: string }[]).map(({ id, reading }) =>
      reading === 'whole' ? syncCalendarFileJob(id) : syncCalendarJob(id),
    ),
  )
  return rows.length > 0
}

const connections: StuckKind = {
  label: 'Calendar connections',
  title: () => 'Calendar of an expert',
  select: sql`
    SELECT c.id::text AS id, c.status::text AS what, c.provider::text AS provider,
      coalesce(c.stale_since, c.told_at, c.updated_at) AS since,
      coalesce((SELECT max(k.failures) FROM connected_calendars k WHERE k.connection_id = c.id), 0)::int AS tries,
      CASE WHEN c.status <> 'needs_reauth' THEN (SELECT min(k.next_sync_at) FROM connected_calendars k
        WHERE k.connection_id = c.id AND k.counts_as_busy) END AS next_at,
      CASE WHEN c.status = 'needs_reauth' THEN 'NeedsReauthError' ELSE c.last_error END AS error, c.status = 'needs_reauth' AS is_over,
      ${aboutSql({ 'calendar-connections': sql`c.id`, 'consultant-profiles': sql`c.consultant_id` })} AS about
    FROM calendar_connections c
    WHERE c.status IN ${sqlStates(brokenConnections)} OR c.status = 'connected' AND c.stale_since < now() - interval '1 hour'`,
  tryAgain: {
    follows: () => 'All calendars of this account are read now.',
    refuses: ({ isOver }) =>
      isOver ? 'Only its owner can connect it again, under “My calendar”. They were told once; ask them.' : undefined,
    run: (req, { id }) => readNow(req, id),
  },
  giveUp: {
    follows: () =>
      'It stays as it is: what was last known of the calendar goes on blocking times. It shows up here again when it breaks anew.',
    run: () => Promise.resolve(true),
  },
}

const again = 'It is looked at again within minutes.'

export const calendarStuck = {
  kinds: { 'calendar-entry': entries, 'calendar-connection': connections },
  tasks: {
    'deliver-calendar-event': { label: 'Writing into a calendar', isShownByKind: true, ifGivenUp: foundBySweep },
    'sync-calendar': { label: 'Reading a calendar', isShownByKind: true, ifGivenUp: again },
    'sync-calendar-file': { label: 'Reading a calendar file', isShownByKind: true, ifGivenUp: again },
    'check-calendar-event': { label: 'Looking at an entry in a calendar', ifGivenUp: again },
    'read-calendar-list': { label: 'Reading which calendars an account has', ifGivenUp: 'It is done again tomorrow.' },
    'watch-calendar': {
      label: 'Having changes of a calendar reported',
      ifGivenUp: 'Changes count up to ten minutes later until it is done again.',
    },
    'flag-calendar-conflicts': {
      label: 'Looking for appointments beside sessions',
      ifGivenUp: 'It is done again when the calendar or a session changes.',
    },
    'end-calendar-access': {
      label: 'Giving back the access to a calendar',
      ifGivenUp: 'The provider goes on listing Parley among what has access; its owner can remove it there.',
    },
    'sweep-calendars': { label: 'Looking for what calendars missed', ifGivenUp: 'It is done again every minute.' },
  },
} satisfies StuckWork
