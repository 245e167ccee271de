import { sql } from '@payloadcms/db-postgres'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { deliverCalendarEvent } from '#calendar/entries/deliver-calendar-event'
import {
  book,
  type CalendarWorld,
  connect,
  connectionOf,
  createExpert,
  entriesOf,
  execute,
  type Expert,
  makeDue,
  openCalendarWorld,
  poll,
  work,
} from '../../support/calendar-world'
import { connectTo } from '../../support/database'
import { countStatements } from '../../support/count-statements'
import { hourIn } from '../../support/fixtures'
import { openProviderGate, type ProviderGate } from '../../support/provider-gate'
import { startWorkerProcess } from '../../support/servers'
import { untilSomebodyWaits } from '../../support/until-somebody-waits'

let world: CalendarWorld
let gate: ProviderGate
let deliver: typeof deliverCalendarEvent

beforeAll(async () => {
  world = await openCalendarWorld()
  gate = await openProviderGate(world.google.url)
  ;({ deliverCalendarEvent: deliver } = await import('#calendar/entries/deliver-calendar-event'))
})

const start = hourIn(7)
const hour = 3_600_000
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 40_000, interval: 20 })

const begin = async () => {
  const expert = await createExpert(world)
  await connect(world, expert)
  const session = await book(world, expert, start)
  const [row] = await execute(world, sql`SELECT id FROM calendar_events WHERE consultant_id = ${expert.profile.id}`)
  world.google.control.forgetCalls()
  return { expert, session, run: () => deliver(world.payload, String(row?.id)) }
}

const calls = (operation: string) => world.google.control.calls(operation)
/** The next such call comes, and is carried out when it is let go. @returns what lets it go. */
const late = (operation: string): (() => void) => {
  let letGo: () => void = () => undefined
  const until = new Promise<void>((resolve) => (letGo = resolve))
  world.google.control.failNext({ kind: 'delay', operation, until })
  return letGo
}
const isUnderWay = (operation: string) => until(() => expect(calls(operation).length).toBeGreaterThan(0))

/** Whatever is left to do is done, and nothing is left to decide. */
const settle = async (expert: Expert) => {
  for (let round = 0; round < 3; round++) await poll(world, expert)
  expect((await connectionOf(expert)).waiting).toBe(0)
  expect((await expert.api.get('/calendar/connections')).json.differences).toEqual([])
}

describe('the entry of a session is one, and the right one', () => {
  it('whatever number of workers write it at once', async () => {
    const { expert, session, run } = await begin()
    await Promise.all([run(), run(), run()])
    expect(entriesOf(world, expert)).toHaveLength(1)
    await Promise.all([session.move(start + hour), run(), run()])
    await Promise.all([run(), run()])
    expect(entriesOf(world, expert)).toMatchObject([{ start: start + hour }])
    await settle(expert)
    expect(world.google.control.events(expert.email)).toHaveLength(1)
  })

  it('when the session is cancelled while its entry is being written', async () => {
    const { expert, session, run } = await begin()
    const letGo = late('events.insert')
    const first = run()
    await isUnderWay('events.insert')
    await session.cancel()
    await run()
    letGo()
    await first
    await settle(expert)
    expect(entriesOf(world, expert)).toEqual([])
    // The first came after everything was over, and was too late.
    expect(calls('events.insert').map(({ status }) => status)).toContain(409)
  })

  it('when it is cancelled, and found to need no removal, after a worker had read that it is to be written', async () => {
    const { expert, session, run } = await begin()
    const [{ withTransaction, txDb }, { cancelSession }, { storeDelivered, lockEvent }] = await Promise.all([
      import('#database/transactions'),
      import('#sessions/cancel-session'),
      import('#calendar/entries/event-queries'),
    ])
    const [known] = await execute(
      world,
      sql`SELECT e.id, s.id AS session FROM calendar_events e JOIN scheduled_sessions s ON s.id = e.scheduled_session_id
        WHERE s.reference = ${session.reference}`,
    )
    const client = await connectTo(world.database)
    let first: Promise<void> | undefined
    await withTransaction(world.payload, async (req) => {
      await (await txDb(req)).execute(sql`SELECT FROM calendar_events WHERE id = ${String(known?.id)} FOR UPDATE`)
      first = run()
      await untilSomebodyWaits(client)
      await cancelSession(req, { sessionId: String(known?.session), actor: { role: 'operations', id: null } })
      // What another worker would note now.
      const row = await lockEvent(req, String(known?.id))
      if (!row) throw new Error('The entry is gone.')
      await storeDelivered(req, row, { times: null, conference: null })
    })
    await first
    await settle(expert)
    expect(entriesOf(world, expert)).toEqual([])
    expect(calls('events.insert')).toEqual([])
  })

  it('when it is moved while an earlier move is being written', async () => {
    const { expert, session, run } = await begin()
    await run()
    await session.move(start + hour)
    const letGo = late('events.update')
    const first = run()
    await isUnderWay('events.update')
    await session.move(start + 2 * hour)
    await run()
    letGo()
    await first
    await settle(expert)
    expect(entriesOf(world, expert)).toMatchObject([{ start: start + 2 * hour }])
    expect(calls('events.update').map(({ status }) => status)).toContain(412)
  })

  it('when a person changes it while it is being written: both stand', async () => {
    const { expert, session, run } = await begin()
    await run()
    const [entry] = entriesOf(world, expert)
    await session.move(start + hour)
    const letGo = late('events.update')
    const first = run()
    await isUnderWay('events.update')
    world.google.control.retitleEvent(expert.email, entry?.id ?? '', 'Mine')
    letGo()
    await first
    await settle(expert)
    expect(entriesOf(world, expert)).toEqual([{ ...entry, start: start + hour }])
    expect(world.google.control.event(expert.email, entry?.id ?? '').summary).toBe('Mine')
    expect(calls('events.update').map(({ status }) => status)).toEqual([412, 200])
  })

  it('when a person changes it while it is being removed', async () => {
    const { expert, session, run } = await begin()
    await run()
    const [entry] = entriesOf(world, expert)
    await session.cancel()
    const letGo = late('events.delete')
    const first = run()
    await isUnderWay('events.delete')
    world.google.control.retitleEvent(expert.email, entry?.id ?? '', 'Mine')
    letGo()
    await first
    await settle(expert)
    expect(entriesOf(world, expert)).toEqual([])
  })

  it('when a person deletes it while a move is being written: the session is newer', async () => {
    const { expert, session, run } = await begin()
    await run()
    const [entry] = entriesOf(world, expert)
    await session.move(start + hour)
    const letGo = late('events.update')
    const first = run()
    await isUnderWay('events.update')
    world.google.control.deleteEvent(expert.email, entry?.id ?? '')
    letGo()
    await first
    await settle(expert)
    expect(entriesOf(world, expert)).toMatchObject([{ start: start + hour }])
  })

  it('when a person deletes it before we knew that it was there: they are asked, and may restore it and delete it again', async () => {
    const { expert, run } = await begin()
    world.google.control.failNext({ kind: 'disconnect', operation: 'events.insert', applied: true })
    await run()
    const [entry] = entriesOf(world, expert)
    world.google.control.deleteEvent(expert.email, entry?.id ?? '')
    await makeDue(world, expert)
    await work(world)
    expect(entriesOf(world, expert)).toEqual([])
    const differences = async () => (await expert.api.get('/calendar/connections')).json.differences
    expect(await differences()).toMatchObject([{ kind: 'deleted' }])
    world.google.control.restoreEvent(expert.email, entry?.id ?? '')
    await poll(world, expert)
    expect(await differences()).toEqual([])
    world.google.control.deleteEvent(expert.email, entry?.id ?? '')
    await poll(world, expert)
    expect(await differences()).toMatchObject([{ kind: 'deleted' }])
  })

  it('when its id is taken by somebody else again and again', async () => {
    const { expert, run } = await begin()
    for (let generation = 0; generation < 3; generation++) {
      const [row] = await execute(
        world,
        sql`SELECT parley.calendar_event_id(scheduled_session_id, connection_id, ${generation}) AS id FROM calendar_events
          WHERE consultant_id = ${expert.profile.id}`,
      )
      world.google.control.addEvent(expert.email, { id: String(row?.id), start: '2027-01-01', end: '2027-01-02' })
    }
    await run()
    expect(entriesOf(world, expert)).toMatchObject([{ start }])
  })

  it.each(['rate_limit', 'user_rate_limit', 'quota', 'too_many_requests'] as const)(
    'when Google lets nobody write for now (%s); it is asked again when it said',
    async (kind) => {
      const { expert, run } = await begin()
      world.google.control.failNext({ kind, operation: 'events.insert', retryAfterSeconds: 300 })
      await run()
      const [row] = await execute(
        world,
        sql`SELECT next_attempt_at > now() + interval '4 minutes' AS waits FROM calendar_events WHERE consultant_id = ${expert.profile.id}`,
      )
      expect(row).toEqual({ waits: true })
      expect(entriesOf(world, expert)).toEqual([])
      await settle(expert)
      expect(entriesOf(world, expert)).toHaveLength(1)
    },
  )
})

describe('a worker that is killed', () => {
  it.each([
    ['before Google has heard of the entry', 'hold'],
    ['after Google has taken it, but before the answer', 'hold-answers'],
  ] as const)('%s: another one writes it, once', async (_when, mode) => {
    const { expert, session } = await begin()
    gate.set(mode)
    const worker = await startWorkerProcess({
      database: world.database,
      env: {
        GOOGLE_CLIENT_ID: 'parley-test.apps.googleusercontent.com',
        GOOGLE_CLIENT_SECRET: 'GOCSPX-test',
        GOOGLE_API_BASE: gate.url,
      },
    })
    await until(async () => {
      const [row] = await execute(
        world,
        sql`SELECT attempted_at IS NOT NULL AS tried FROM calendar_events WHERE consultant_id = ${expert.profile.id}`,
      )
      expect(row).toEqual({ tried: true })
      expect(gate.waiting()).toBeGreaterThan(0)
      if (mode === 'hold-answers') expect(entriesOf(world, expert)).toHaveLength(1)
    })
    await worker.kill()
    await session.move(start + hour)
    gate.release()
    await settle(expert)
    expect(entriesOf(world, expert)).toMatchObject([{ start: start + hour }])
    expect(world.google.control.events(expert.email).filter(({ status }) => status !== 'cancelled')).toHaveLength(1)
  })
})

describe('the tokens of an account', () => {
  it('are renewed by one of many workers, although a refresh token is good once', async () => {
    const { expert, run } = await begin()
    world.google.control.rotateRefreshTokens()
    world.google.control.expireAccessTokens()
    await execute(
      world,
      sql`UPDATE calendar_connections SET token_expires_at = now() WHERE consultant_id = ${expert.profile.id}`,
    )
    const letGo = late('oauth.token')
    let claims = 0
    const all = countStatements(world.payload, () => Promise.all([run(), run(), run(), run()]), {
      onStatement: (text) => void (claims += text.includes('SET refreshing_until = now()') ? 1 : 0),
    })
    // All have found that the token has ended before there is a new one.
    await until(() => expect(claims).toBeGreaterThanOrEqual(4))
    letGo()
    await all
    expect(calls('oauth.token')).toHaveLength(1)
    expect(entriesOf(world, expert)).toHaveLength(1)
    // The next one is the one that came with the last.
    world.google.control.expireAccessTokens()
    await poll(world, expert)
    expect(await connectionOf(expert)).toMatchObject({ status: 'connected', lastError: null })
    world.google.control.rotateRefreshTokens(false)
  })

  it('are not lost because Google does not answer for a while', async () => {
    const { expert } = await begin()
    world.google.control.expireAccessTokens()
    world.google.control.failNext({ kind: 'server_error', operation: 'oauth.token' })
    await poll(world, expert)
    expect(await connectionOf(expert)).toMatchObject({ status: 'connected' })
    await settle(expert)
    expect(entriesOf(world, expert)).toHaveLength(1)
  })
})
