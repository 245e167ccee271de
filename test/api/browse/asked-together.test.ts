import type { Payload } from 'payload'
import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { hourMs } from '#shared/time'
import type { ConsultantProfile, ServiceType } from '#payload-types'
import { countStatements } from '../../support/count-statements'
import { connectTo, type TestDatabase } from '../../support/database'
import { alwaysOpen, createConsultant, createServiceType, hourIn, iso } from '../../support/fixtures'
import { loseDatabase, poolOf, whileAway } from '../../support/lose-database'
import { openTestPayload } from '../../support/payload'
import { createRestClient, type RestAnswer, type RestClient } from '../../support/rest-client'
import { untilSomebodyWaits } from '../../support/until-somebody-waits'

/** Free times that many ask for at once: one statement for all, and to each as if they had asked alone. */

let payload: Payload
let database: TestDatabase
let db: pg.Client
let client: RestClient
let consultants: ConsultantProfile[]
let call: ServiceType

const from = hourIn(3)
const until = from + 4 * hourMs

beforeAll(async () => {
  const opened = await openTestPayload()
  ;({ payload, database } = opened)
  db = await connectTo(database)
  client = await createRestClient(payload)
  // They differ by what is free, so that no answer can be taken for another's.
  const made = [0, 60, 120, 180].map((bufferTimeMinutes) =>
    createConsultant(payload, { availability: { ...alwaysOpen, bufferTimeMinutes } }),
  )
  consultants = (await Promise.all(made)).map(({ profile }) => profile)
  call = await createServiceType(payload, consultants)
  for (const [index, { id }] of consultants.entries()) await take(id, from + (index * hourMs) / 2)
  // Rules are known from here on.
  for (const consultant of consultants) await ask(consultant)
})

const ask = ({ slug }: ConsultantProfile, more: Record<string, string> = {}): Promise<RestAnswer> =>
  client.get(
    `/booking/slots?${new URLSearchParams({ consultant: slug ?? '', serviceType: call.slug ?? '', start: iso(from), end: iso(until), ...more })}`,
  )

/** Takes an hour of somebody's time. */
const take = (consultantId: string, start: number, connection: pg.Client = db) =>
  connection.query(
    `INSERT INTO availability_slots (id, consultant_id, starts_at, ends_at, occupied_from, occupied_until, duration_minutes, status)
     VALUES (gen_random_uuid(), $1, $2, $3, $2, $3, 60, 'blocked')`,
    [consultantId, iso(start), iso(start + hourMs)],
  )

const startsOf = ({ status, text, json }: RestAnswer): number[] => {
  expect(status, text).toBe(200)
  return Object.values(json.slots as Record<string, { start: string }[]>)
    .flat()
    .map(({ start }) => Date.parse(start))
}

const asking = /json_to_recordset/

describe('what many ask for at once', () => {
  it('is one statement, and everybody gets what they would get alone', async () => {
    const alone: RestAnswer[] = []
    for (const consultant of consultants) alone.push(await ask(consultant))
    expect(new Set(alone.map(({ text }) => text)).size).toBe(consultants.length)
    let together: RestAnswer[] = []
    const { data } = await countStatements(payload, async () => {
      together = await Promise.all([...consultants, ...consultants].map((consultant) => ask(consultant)))
    })
    expect(together.map(({ text }) => text)).toEqual([...alone, ...alone].map(({ text }) => text))
    expect(data.filter((text) => asking.test(text))).toHaveLength(1)
  })

  it('are other zones, lengths and windows of one consultant as well', async () => {
    const [one] = consultants as [ConsultantProfile]
    const differing: Record<string, string>[] = [
      { timeZone: 'Asia/Tokyo' },
      { durationMinutes: '60' },
      { end: iso(until + hourMs) },
      {},
    ]
    const alone: RestAnswer[] = []
    for (const more of differing) alone.push(await ask(one, more))
    const together = await Promise.all(differing.map((more) => ask(one, more)))
    expect(together.map(({ text }) => text)).toEqual(alone.map(({ text }) => text))
    expect(new Set(alone.map(({ text }) => text)).size).toBe(differing.length)
  })

  it('is refused to whom it is about, and to nobody else: somebody whom the public cannot book', async () => {
    const [one, two] = consultants as [ConsultantProfile, ConsultantProfile]
    await db.query('UPDATE consultant_profiles SET is_public = false WHERE id = $1', [one.id])
    const answers = await Promise.all([ask(one), ask(two), ask(one), ask(two)])
    expect(answers.map(({ status }) => status)).toEqual([404, 200, 404, 200])
    await db.query('UPDATE consultant_profiles SET is_public = true WHERE id = $1', [one.id])
  })
})

describe('an answer is never older than its question', () => {
  it('also when the same was asked before, and is not answered yet', async () => {
    const [one] = consultants as [ConsultantProfile]
    const start = from + 3 * hourMs
    const writer = await connectTo(database)
    // Whoever reads what is taken looks into the calendars, and waits.
    await writer.query('BEGIN')
    await writer.query('LOCK TABLE connected_calendars IN ACCESS EXCLUSIVE MODE')
    const before = ask(one)
    await untilSomebodyWaits(db)
    await take(one.id, start, db)
    const after = ask(one)
    await writer.query('COMMIT')
    expect(startsOf(await before)).toContain(start)
    expect(startsOf(await after)).not.toContain(start)
  })

  it('also when a list of the same is remembered', async () => {
    const [, two] = consultants as [ConsultantProfile, ConsultantProfile]
    const start = from + 2 * hourMs
    const [first, again] = [await ask(two), await ask(two)]
    expect(startsOf(first)).toContain(start)
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
    await take(two.id, start)
    const taken = await ask(two)
    expect(startsOf(taken)).not.toContain(start)
    expect(taken.headers.get('etag')).not.toBe(first.headers.get('etag'))
  })

  it('and shows what the rules say now', async () => {
    const [, , three] = consultants as [ConsultantProfile, ConsultantProfile, ConsultantProfile]
    expect(startsOf(await ask(three)).length).toBeGreaterThan(0)
    await payload.update({
      collection: 'consultant-profiles',
      id: three.id,
      data: { availability: { ...alwaysOpen, isAvailable: false } },
    })
    expect(startsOf(await ask(three))).toEqual([])
    await payload.update({ collection: 'consultant-profiles', id: three.id, data: { availability: alwaysOpen } })
    expect(startsOf(await ask(three)).length).toBeGreaterThan(0)
  })
})

describe('holding a time', () => {
  it('asks for itself, whatever others ask for at that moment', async () => {
    const [, , , four] = consultants as [ConsultantProfile, ConsultantProfile, ConsultantProfile, ConsultantProfile]
    const start = hourIn(9)
    const { data } = await countStatements(payload, async () => {
      const [held] = await Promise.all([
        client.post('/booking/holds', { consultant: four.slug, serviceType: call.slug, start: iso(start) }),
        ...consultants.map((consultant) => ask(consultant)),
      ])
      expect(held.status, held.text).toBe(201)
    })
    const asked = data.filter((text) => asking.test(text))
    // Those who only look share one; who holds has one before its lock, or none, and one under it.
    expect(asked.length).toBeGreaterThanOrEqual(2)
  })
})

describe('what fails for one', () => {
  it('fails for nobody else', async () => {
    const [one, two, three] = consultants as [ConsultantProfile, ConsultantProfile, ConsultantProfile]
    await db.query('ALTER FUNCTION parley.taken_time RENAME TO taken_time_of_others')
    await db.query(`
      CREATE FUNCTION parley.taken_time(
        consultant uuid, taken_from timestamptz, taken_until timestamptz, moment timestamptz, own_hold text, own_claim uuid,
        OUT claims json, OUT busy json, OUT is_closed boolean)
      LANGUAGE plpgsql STABLE AS $$
      BEGIN
        IF consultant = '${two.id}' THEN RAISE EXCEPTION 'too slow' USING ERRCODE = 'query_canceled'; END IF;
        SELECT t.claims, t.busy, t.is_closed INTO claims, busy, is_closed
        FROM parley.taken_time_of_others(consultant, taken_from, taken_until, moment, own_hold, own_claim) t;
      END $$`)
    try {
      const answers = await Promise.all([one, two, three, two].map((consultant) => ask(consultant)))
      expect(answers.map(({ status }) => status)).toEqual([200, 503, 200, 503])
    } finally {
      await db.query('DROP FUNCTION parley.taken_time')
      await db.query('ALTER FUNCTION parley.taken_time_of_others RENAME TO taken_time')
    }
  })
})

describe('pages that are read for free times', () => {
  /** Of all of PostgreSQL's shared memory or disk, by the statement that these answers take, as it is planned once for every value. */
  const pagesOf = async (asked: readonly ConsultantProfile[]): Promise<number> => {
    const sent: { text: string; values: unknown[] }[] = []
    const pool = poolOf(payload)
    const note = (connection: pg.PoolClient) => {
      const query = connection.query.bind(connection) as (...args: unknown[]) => unknown
      const noting = (...args: unknown[]) => {
        if (asking.test(JSON.stringify(args[0]))) sent.push(args[0] as (typeof sent)[number])
        return query(...args)
      }
      Object.assign(connection, { query: noting })
      pool.once('release', () => Object.assign(connection, { query }))
    }
    pool.on('acquire', note)
    await Promise.all(asked.map((consultant) => ask(consultant)))
    pool.off('acquire', note)
    expect(sent).toHaveLength(1)
    const { text, values } = sent[0] as (typeof sent)[number]
    const [questions, moment] = values.map((value) => `'${String(value)}'`)
    const connection = await connectTo(database)
    await connection.query('SET plan_cache_mode = force_generic_plan')
    await connection.query(`PREPARE asked (json, timestamptz) AS ${text}`)
    const run = `EXECUTE asked (${questions}, ${moment})`
    // What is read of the catalogue the first time is not of the question.
    await connection.query(run)
    const { rows } = await connection.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${run}`)
    const { Plan } = rows[0]['QUERY PLAN'][0] as { Plan: Record<string, number> }
    return (Plan['Shared Hit Blocks'] ?? 0) + (Plan['Shared Read Blocks'] ?? 0)
  }

  /** More of whom nobody asks for, and more that has passed of those who are asked for. */
  const fill = async (name: string, others: number, past: [from: number, to: number]): Promise<void> => {
    await db.query(
      `INSERT INTO consultant_profiles (id, name, slug, _status, is_public)
       SELECT gen_random_uuid(), $1 || n, $1 || n, 'published', true FROM generate_series(1, $2::int) n`,
      [name, others],
    )
    await db.query(
      `INSERT INTO availability_slots (id, consultant_id, starts_at, ends_at, occupied_from, occupied_until, duration_minutes, status)
       SELECT gen_random_uuid(), c.id, s, s + interval '1 hour', s, s + interval '1 hour', 60, 'blocked'
       FROM consultant_profiles c, generate_series($2::int, CASE WHEN c.id = ANY($4) THEN $3::int ELSE $2 + 4 END) n,
         LATERAL (SELECT date_trunc('day', now()) - n * interval '3 hours' AS s) one
       WHERE c.id = ANY($4) OR c.slug LIKE $1 || '%'`,
      [name, ...past, consultants.map(({ id }) => id)],
    )
    await db.query('VACUUM ANALYZE')
  }

  it('are as many with ten times the past and five times the consultants', async () => {
    await fill('some-', 250, [1, 300])
    const few = await pagesOf(consultants)
    await fill('more-', 1_000, [301, 3_000])
    // An index that is a level deeper costs each question a page, and there are three.
    expect(await pagesOf(consultants)).toBeLessThanOrEqual(few + 3 * consultants.length)
    const { rows } = await db.query(`SELECT pg_relation_size('availability_slots') / 8192 AS pages`)
    expect(Number(rows[0].pages)).toBeGreaterThan(5 * few)
  })
})

describe('without the database', () => {
  const everybody = () => Promise.all([...consultants, ...consultants].map((consultant) => ask(consultant)))
  const unavailable = Array.from({ length: 8 }, () => [503, 'unavailable'])
  const toldTo = (answers: RestAnswer[]) => answers.map(({ status, json }) => [status, json.code as unknown])

  it('everybody is told so, and served again when it is back', async () => {
    expect(toldTo(await whileAway({ payload, database }, everybody))).toEqual(unavailable)
    expect((await everybody()).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
  })

  it('that is lost while they ask, everybody is told so as well', async () => {
    await ask(consultants[0] as ConsultantProfile)
    expect(poolOf(payload).idleCount).toBeGreaterThan(0)
    const answers = await loseDatabase('handed out', { payload, database, table: 'availability_slots' }, everybody)
    expect(toldTo(answers)).toEqual(unavailable)
    expect((await ask(consultants[0] as ConsultantProfile)).status).toBe(200)
  })
})
