import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectTo } from '../../support/database'
import { getTestPayload, openTestPayload } from '../../support/payload'

let client: pg.Client
let page: string

beforeAll(async () => {
  const { database } = await openTestPayload()
  client = await connectTo(database)
  page = await readFile('docs/operations.md', 'utf8')
  await client.query(statement('INSERT INTO parley.facts'))
})

/** Those of the page that the database alone can tell. */
const readAlerts = async (): Promise<{ name: string; query: string }[]> => {
  const text = await readFile('docs/operations.md', 'utf8')
  return [...text.matchAll(/^\| `(Parley\w+)` \| .*?`(SELECT count\(\*\) .*?)`/gm)].map(
    ([, name = '', query = '']) => ({
      name,
      query,
    }),
  )
}
const alerts = await readAlerts()

const queryOf = (name: string): string => alerts.find((alert) => alert.name === name)?.query ?? ''
const count = async (query: string): Promise<number> =>
  Number((await client.query({ text: query, rowMode: 'array' })).rows[0]?.[0])

/** The statement of the page that begins so, with what stands in it for an example. */
const statement = (beginning: string, replace: Record<string, string> = {}): string => {
  const block = [...page.matchAll(/```sql\n([\s\S]*?)```/g)]
    .map(([, text = '']) => text.trim())
    .find((text) => text.startsWith(beginning))
  if (!block) throw new Error(`The page has no statement that begins with: ${beginning}`)
  return Object.entries(replace).reduce((text, [from, to]) => text.replace(from, to), block)
}

/** A row in which every column that needs a value has one, without what it refers to. */
const insert = async (table: string, values: Record<string, string>): Promise<string> => {
  const { rows } = await client.query<{ name: string; type: string; category: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, typcategory AS category
     FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
     WHERE attrelid = $1::regclass AND attnum > 0 AND attnotnull AND NOT atthasdef AND attname <> ALL($2)`,
    [table, Object.keys(values)],
  )
  const sample = ({ type, category }: { type: string; category: string }): string => {
    if (category === 'E') return `(enum_range(NULL::${type}))[1]`
    if (type === 'uuid') return 'gen_random_uuid()'
    if (category === 'N') return '1'
    if (category === 'D') return 'now()'
    if (category === 'B') return 'false'
    return type === 'jsonb' ? `'{}'` : `gen_random_uuid()::text`
  }
  const all = { ...Object.fromEntries(rows.map((column) => [column.name, sample(column)])), ...values }
  const done = await client.query<{ id: string }>(
    `INSERT INTO ${table} (${Object.keys(all).join()}) VALUES (${Object.values(all).join()}) RETURNING id`,
  )
  return done.rows[0]?.id ?? ''
}

/** Of each alert: what turns it on, and what the page says against it. */
const cases: Record<string, { on: () => Promise<unknown>; off: () => Promise<unknown> }> = {
  ParleyStripeEventsFailed: {
    on: () => insert('stripe_events', { status: `'failed'`, event_id: `'evt_1'` }),
    off: () => client.query(statement('UPDATE stripe_events', { 'evt_…': 'evt_1' })),
  },
  ParleyStripeEventsLate: {
    on: () => insert('stripe_events', { status: `'received'`, received_at: `now() - interval '6 minutes'` }),
    off: () => client.query(`UPDATE stripe_events SET status = 'processed'`),
  },
  ParleyRefundsFailed: {
    on: () => insert('refunds', { status: `'failed'` }),
    off: () => client.query(`UPDATE refunds SET internal_notes = 'Returned by transfer.'`),
  },
  ParleyMoneyFaults: {
    on: () => insert('ledger_entries', { kind: `'charge'` }),
    off: () => client.query('DELETE FROM ledger_entries'),
  },
  ParleyBooksDiffer: {
    on: () => insert('reconciliation_findings', { status: `'open'` }),
    off: () => client.query(`UPDATE reconciliation_findings SET internal_notes = 'Sold elsewhere.'`),
  },
  ParleySessionsOverdue: {
    on: () =>
      insert('scheduled_sessions', {
        status: `'pending_payment'`,
        payment_deadline: `now() - interval '11 minutes'`,
        payment_id: 'gen_random_uuid()',
        starts_at: 'now()',
        price_amount: '0',
        price_platform_fee_amount: '0',
        price_consultant_payout_amount: '0',
        ends_at: `now() + interval '1 minute'`,
      }),
    off: () => client.query('DELETE FROM scheduled_sessions'),
  },
  ParleyCalendarEntriesLate: {
    on: () =>
      insert('calendar_events', {
        desired_version: '2',
        delivered_version: '1',
        updated_at: `now() - interval '2 hours'`,
      }),
    off: () => client.query(`UPDATE calendar_events SET state = 'abandoned'`),
  },
  ParleyCalendarsUnread: {
    on: () => insert('calendar_connections', { stale_since: `now() - interval '2 hours'` }),
    off: () => client.query(`UPDATE calendar_connections SET status = 'disconnected'`),
  },
  ParleyMailsFailed: {
    on: () => insert('notifications', { id: `'01900000-0000-7000-8000-000000000001'`, delivery_state: `'failed'` }),
    off: () => client.query(statement('UPDATE notifications', { '…': '01900000-0000-7000-8000-000000000001' })),
  },
  ParleyMailsLate: {
    on: () => insert('notifications', { delivery_state: `'queued'`, created_at: `now() - interval '2 hours'` }),
    off: () => client.query(`UPDATE notifications SET delivery_state = 'sent'`),
  },
  ParleyJobsGaveUp: {
    on: () => addJob(`attempts = max_attempts, last_error = 'no'`),
    off: async () => {
      const { rows } = await client.query<{ id: string }>(statement('SELECT id, task_identifier'))
      await client.query(statement('SELECT graphile_worker.complete_jobs', { ID: rows[0]?.id ?? '' }))
    },
  },
  ParleyBackupOld: {
    on: () => client.query(`DELETE FROM parley.facts WHERE key = 'last_backup'`),
    off: () => client.query(statement('INSERT INTO parley.facts')),
  },
  ParleyJobsPutBack: {
    on: () => addJob(`last_error = 'resend takes no more calls', created_at = now() - interval '3 hours'`),
    off: () => client.query('SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs'),
  },
  ParleyQueueLate: {
    on: () => addJob(`run_at = now() - interval '6 minutes', created_at = now() - interval '6 minutes'`),
    off: () => client.query('SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs'),
  },
}

const addJob = async (set: string) => {
  await client.query(`SELECT graphile_worker.add_job('sweep', '{}', job_key => 'one')`)
  await client.query(`UPDATE graphile_worker._private_jobs SET ${set}`)
}

describe('the alerts of the page', () => {
  it('have a case each', () => {
    expect(alerts.map(({ name }) => name).sort()).toEqual(Object.keys(cases).sort())
  })

  it.each(alerts)('$name: is off, goes on, and is brought to 0 by what the page says', async ({ name, query }) => {
    expect(await count(query)).toBe(0)
    // What they refer to is not there.
    await client.query(`SET session_replication_role = replica`)
    await cases[name]?.on()
    expect(await count(query)).toBeGreaterThan(0)
    await cases[name]?.off()
    await client.query(`SET session_replication_role = origin`)
    expect(await count(query)).toBe(0)
  })
})

describe('a job that gave up', () => {
  const sweep = async () => (await import('#outbox/overdue-queries')).deleteRemains(await getTestPayload())
  const left = async () => (await client.query('SELECT 1 FROM graphile_worker.jobs')).rowCount

  it('can be tried again, by the statement of the page', async () => {
    await addJob(`attempts = max_attempts, last_error = 'no'`)
    await client.query(statement('SELECT graphile_worker.reschedule_jobs'))
    const { rows } = await client.query('SELECT attempts FROM graphile_worker.jobs')
    expect(rows).toEqual([{ attempts: 0 }])
    await client.query('SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs')
  })

  it('is removed after a day, not before', async () => {
    await addJob(`attempts = max_attempts, last_error = 'no', run_at = now() - interval '23 hours'`)
    await sweep()
    expect(await left()).toBe(1)
    await client.query(`UPDATE graphile_worker._private_jobs SET run_at = now() - interval '25 hours'`)
    await sweep()
    expect(await left()).toBe(0)
  })

  it('because its worker was killed when another had taken its place is removed at once; the other stays', async () => {
    await addJob(`locked_at = now(), locked_by = 'dead', attempts = 1`)
    await client.query(`SELECT graphile_worker.add_job('sweep', '{}', job_key => 'one')`)
    await client.query(`SELECT graphile_worker.force_unlock_workers(ARRAY['dead'])`)
    expect(await count(queryOf('ParleyJobsGaveUp'))).toBe(1)
    await sweep()
    expect(await count(queryOf('ParleyJobsGaveUp'))).toBe(0)
    expect(await left()).toBe(1)
    await client.query('SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs')
  })

  it('because it failed when another had taken its place is removed at once; an errand and what runs by the clock stay', async () => {
    await client.query(`
      SELECT graphile_worker.add_job('publish-slots', '{"consultantId": "a"}', job_key => 'one');
      UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'some';
      SELECT graphile_worker.add_job('publish-slots', '{"consultantId": "a"}', job_key => 'one');
      UPDATE graphile_worker._private_jobs SET last_error = 'no', locked_at = NULL, locked_by = NULL WHERE locked_by = 'some';
      SELECT graphile_worker.add_job('follow-session', '{"errandId": "b"}', max_attempts => 1);
      SELECT graphile_worker.add_job('sweep', '{"_cron": {}}', max_attempts => 1);
      UPDATE graphile_worker._private_jobs SET attempts = 1, last_error = 'no' WHERE max_attempts = 1`)
    expect(await left()).toBe(4)
    await sweep()
    const { rows } = await client.query('SELECT task_identifier, key FROM graphile_worker.jobs ORDER BY 1')
    expect(rows).toEqual([
      { task_identifier: 'follow-session', key: null },
      { task_identifier: 'publish-slots', key: 'one' },
      { task_identifier: 'sweep', key: null },
    ])
  })
})

describe('statements of the page', () => {
  /** Examples of values, by what a column can hold. */
  const examples = ['01900000-0000-7000-8000-000000000001', '1', 'evt_1']

  it('are ones that this database understands', async () => {
    const texts = `${page}\n${await readFile('README.md', 'utf8')}`
    const fenced = [...texts.matchAll(/```sql\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
      block.split(/;\s*(?:\n|$)/),
    )
    const inline = [...texts.matchAll(/`((?:SELECT|UPDATE|INSERT|DELETE) [^`]+)`/g)].map(([, text = '']) => text)
    // Settings of a role cannot be prepared.
    const statements = [...fenced, ...inline]
      .map((text) => text.trim())
      .filter((text) => text && !/^ALTER ROLE/.test(text))
    expect(statements.length).toBeGreaterThan(30)
    const faults: string[] = []
    for (const text of statements) {
      const tried: (string | undefined)[] = []
      for (const example of examples) {
        const filled = text.replace(/'(?:…|ID|evt_…|acct_…)'/g, `'${example}'`)
        tried.push(await client.query(`PREPARE tried AS ${filled}`).then(() => undefined, String))
        if (tried.at(-1) === undefined) await client.query('DEALLOCATE tried')
      }
      if (tried.every((fault) => fault !== undefined)) faults.push(`${text}: ${tried[0] ?? ''}`)
    }
    expect(faults).toEqual([])
  })

  it('count sessions that wait for a word, or are over, as the metric does', async () => {
    await client.query('SET session_replication_role = replica')
    const session = (values: Record<string, string>) =>
      insert('scheduled_sessions', {
        ...{ price_amount: '0', price_platform_fee_amount: '0', price_consultant_payout_amount: '0' },
        ...{ starts_at: `now() - interval '3 hours'`, ends_at: `now() - interval '2 hours'`, duration_minutes: '60' },
        ...values,
      })
    await session({ status: `'pending_confirmation'`, confirm_by: `now() - interval '11 minutes'` })
    await session({ status: `'scheduled'` })
    await session({
      status: `'in_progress'`,
      starts_at: `now() - interval '61 minutes'`,
      ends_at: `now() - interval '1 minute'`,
    })
    await client.query('SET session_replication_role = origin')
    const { readFigures } = await import('#desk/figures/figure-queries')
    const figures = (await readFigures(await getTestPayload())).filter(({ name }) => name === 'parley_sessions_overdue')
    expect(figures.reduce((sum, { value }) => sum + value, 0)).toBe(2)
    expect(await count(queryOf('ParleySessionsOverdue'))).toBe(2)
    await client.query('DELETE FROM scheduled_sessions')
  })
})
