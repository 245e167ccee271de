import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { sqlStates } from '#database/state-lists'
import { txDb } from '#database/transactions'
import { cancelJobs, enqueue } from '#outbox/enqueue'
import { aboutSql, nextTrySql } from '#outbox/stuck-job-queries'
import { foundBySweep, lateAfter, type StuckKind, type StuckWork } from '#outbox/stuck-work'
import { doneEvents } from '#shared/inbox-states'
import { meetingProviders } from './meeting-providers'
import { inEnglish } from '#shared/words'

const late = sql.raw(lateAfter)

/** @returns whether a row was changed. */
const change = async (req: PayloadRequest, statement: SQL): Promise<boolean> =>
  Boolean((await (await txDb(req)).execute(statement)).rowCount)

const nameOf = (provider: string | null): string =>
  provider !== null && meetingProviders.has(provider)
    ? inEnglish(meetingProviders.row(provider).label)
    : (provider ?? 'The provider')

const rooms: StuckKind = {
  label: 'Meeting rooms',
  title: () => 'Meeting room of a session',
  select: sql`
    SELECT m.session_id::text AS id, 'room' AS what, m.provider, m.updated_at AS since, m.tries,
      ${nextTrySql(sql`'settle-room:' || m.session_id`)} AS next_at, m.last_error AS error, m.delivered_version = m.desired_version AS is_over,
      ${aboutSql({ 'scheduled-sessions': sql`s.id`, 'consultant-profiles': sql`s.consultant_id` })} AS about
    FROM parley.meeting_rooms m JOIN scheduled_sessions s ON s.id = m.session_id
    WHERE m.delivered_version < m.desired_version AND (m.last_error IS NOT NULL OR m.updated_at < now() - ${late})
      OR m.delivered_version = m.desired_version AND m.last_error IS NOT NULL AND s.ends_at > now()`,
  tryAgain: {
    follows: ({ provider }) =>
      `${nameOf(provider)} is asked once more. Until it has done it the session is held in the room that it has.`,
    run: async (req, { id }) => {
      const isWanted = await change(
        req,
        sql`UPDATE parley.meeting_rooms SET last_error = NULL, updated_at = now(),
          desired_version = CASE WHEN delivered_version = desired_version THEN desired_version + 1 ELSE desired_version END
        WHERE session_id = ${id}`,
      )
      if (isWanted) await enqueue(req, { task: 'settle-room', payload: { sessionId: id }, key: `settle-room:${id}` })
      return isWanted
    },
  },
  giveUp: {
    follows: ({ provider }) =>
      `${nameOf(provider)} is asked for nothing more about this session, unless it changes. It is held in the room that it has; one that was to be removed there stays.`,
    run: async (req, { id }) => {
      await change(
        req,
        sql`UPDATE parley.meeting_rooms SET delivered_version = desired_version WHERE session_id = ${id} AND claimed_until < now()`,
      )
      await cancelJobs(req, `settle-room:${id}`, `sweep:settle-room:${id}`)
      return true
    },
  },
}

const reports: StuckKind = {
  label: 'Reports of meetings',
  title: (what) => `Report of a meeting: ${what}`,
  select: sql`
    SELECT e.id::text AS id, e.type AS what, e.provider, e.received_at AS since, e.attempts AS tries,
      ${nextTrySql(sql`'meeting-event:' || e.id`)} AS next_at, e.error, e.status = 'failed'
        AND ${nextTrySql(sql`'meeting-event:' || e.id`)} IS NULL AS is_over, '[]'::jsonb AS about
    FROM parley.meeting_events e
    WHERE e.status = 'failed' OR e.status = 'received' AND e.opened_at < now() - ${late}`,
  tryAgain: {
    follows: () => 'The report is read anew; what it says may be late, and changes nothing that is decided.',
    run: async (req, { id }) => {
      const isOpen = await change(
        req,
        sql`UPDATE parley.meeting_events SET status = 'received', opened_at = now() WHERE id = ${id} AND status NOT IN ${sqlStates(doneEvents)}`,
      )
      const payload = { meetingEventId: id }
      if (isOpen) await enqueue(req, { task: 'process-meeting-event', payload, key: `meeting-event:${id}` })
      return isOpen
    },
  },
  giveUp: {
    follows: () =>
      'What it says of who came and when is not written down. Whether the session was held is decided without it.',
    refuses: ({ tries }) => (tries === 0 ? 'It was not tried yet: it waits for a worker. Start one.' : undefined),
    run: async (req, { id }) => {
      await change(
        req,
        sql`UPDATE parley.meeting_events SET status = 'failed' WHERE id = ${id} AND status NOT IN ${sqlStates(doneEvents)}`,
      )
      await cancelJobs(req, `meeting-event:${id}`, `sweep:process-meeting-event:${id}`)
      return true
    },
  },
}

export const meetingsStuck = {
  kinds: { 'meeting-room': rooms, 'meeting-report': reports },
  tasks: {
    'settle-room': { label: 'Making a meeting room', isShownByKind: true, ifGivenUp: foundBySweep },
    'process-meeting-event': {
      label: 'Reading a report of a meeting',
      isShownByKind: true,
      ifGivenUp: 'Only this job is removed: the report itself stays in this list.',
    },
  },
} satisfies StuckWork
