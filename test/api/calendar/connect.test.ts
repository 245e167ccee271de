import { sql } from '@payloadcms/db-postgres'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  book,
  busyOf,
  type CalendarWorld,
  connect,
  connectionOf,
  consent,
  createExpert,
  entriesOf,
  openCalendarWorld,
  slotsOn,
  work,
} from '../../support/calendar-world'
import { hourIn, iso } from '../../support/fixtures'

let world: CalendarWorld

beforeAll(async () => {
  world = await openCalendarWorld()
})

const storedTokens = async (expert: { profile: { id: string } }) => {
  const { poolDb } = await import('#database/transactions')
  const { rows } = await poolDb(world.payload).execute(
    sql`SELECT id, access_token AS access, refresh_token AS refresh, status FROM calendar_connections WHERE consultant_id = ${expert.profile.id}`,
  )
  return rows as { id: string; access: string | null; refresh: string | null; status: string }[]
}

describe('connecting a Google calendar', () => {
  it('reads what blocks time, and takes it out of the slots', async () => {
    const expert = await createExpert(world)
    const at = hourIn(5)
    world.google.control.addEvent(expert.email, { start: iso(at), end: iso(at + 3_600_000), summary: 'Dentist' })
    expect(await slotsOn(world, expert, at)).toContain(at)
    await connect(world, expert)
    expect(await busyOf(world, expert)).toEqual([[at, at + 3_600_000]])
    const slots = await slotsOn(world, expert, at)
    expect(slots).not.toContain(at)
    expect(slots).toContain(at + 3_600_000)
    const connection = await connectionOf(expert)
    expect(connection).toMatchObject({ status: 'connected', account: expert.email, waiting: 0 })
    expect(connection.syncedAt).not.toBeNull()
    expect(connection.calendars[0]).toMatchObject({ isPrimary: true, isTarget: true, countsAsBusy: true })
    expect(JSON.stringify(connection)).not.toContain('Dentist')
  })

  it('offers no slots between the consent and the first reading', async () => {
    const expert = await createExpert(world)
    const at = hourIn(5)
    expect(await consent(world, expert)).toBe('connected')
    expect(await slotsOn(world, expert, at)).toEqual([])
    const held = await world.api.post('/booking/holds', {
      consultant: expert.profile.slug,
      serviceType: expert.serviceType.slug,
      start: iso(at),
    })
    expect(held.json.code).toBe('slot_taken')
    await work(world)
    expect(await slotsOn(world, expert, at)).toContain(at)
  })

  it('keeps tokens encrypted, and keeps none of a consent with less than was asked for', async () => {
    const expert = await createExpert(world)
    expect(await consent(world, expert, { decision: 'deny' })).toBe('denied')
    const some = ['https://www.googleapis.com/auth/calendar.freebusy']
    expect(await consent(world, expert, { decision: 'allow', email: expert.email, scopes: some })).toBe('scopes')
    expect(await storedTokens(expert)).toEqual([])
    await connect(world, expert)
    const [stored] = await storedTokens(expert)
    expect(stored?.refresh).toMatch(/^development\./)
    const known = world.google.control.calls('oauth.token')
    expect(known.length).toBeGreaterThan(0)
    const read = await expert.api.get('/calendar-connections')
    expect(read.text).not.toContain(stored?.refresh ?? 'none')
    await expect(
      (async () => {
        const { poolDb } = await import('#database/transactions')
        await poolDb(world.payload).execute(
          sql`UPDATE calendar_connections SET access_token = 'ya29.plain' WHERE consultant_id = ${expert.profile.id}`,
        )
      })(),
    ).rejects.toMatchObject({ cause: { constraint: 'calendar_connections_sealed' } })
  })

  it('works once, and only in the browser in which it was begun', async () => {
    const expert = await createExpert(world)
    const begun = await expert.api.get('/calendar/google/connect')
    const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    expect(begun.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/)
    const back = new URL(
      world.google.control.answerConsent(begun.headers.get('location') ?? '', {
        decision: 'allow',
        email: expert.email,
      }),
    )
    const callback = (headers: Record<string, string>) =>
      world.api
        .get(`/calendar/google/callback${back.search}`, headers)
        .then(({ headers: answer }) => answer.get('location'))
    expect(await callback({})).toContain('outcome=expired')
    expect(await callback({ Cookie: 'parley-calendar-consent=somebodyelses' })).toContain('outcome=expired')
    expect(await callback({ Cookie: cookie })).toContain('outcome=connected')
    expect(await callback({ Cookie: cookie })).toContain('outcome=expired')
  })

  it('is the same connection when it is made again, also after it was ended', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const first = await connectionOf(expert)
    await connect(world, expert)
    expect((await connectionOf(expert)).id).toBe(first.id)

    const ended = await expert.api.post(`/calendar/connections/${String(first.id)}/disconnect`)
    expect(ended.status, ended.text).toBe(200)
    await work(world)
    expect(await storedTokens(expert)).toMatchObject([{ access: null, refresh: null, status: 'disconnected' }])
    expect(await busyOf(world, expert)).toEqual([])
    expect(world.google.control.channels(expert.email)).toEqual([])
    expect(world.google.control.calls('oauth.revoke').length).toBeGreaterThan(0)
    expect(await slotsOn(world, expert, hourIn(5))).toContain(hourIn(5))

    await connect(world, expert)
    expect(await storedTokens(expert)).toHaveLength(1)
    expect((await connectionOf(expert)).id).toBe(first.id)
  })

  it('makes nothing twice when it is made again: what stands in the calendar is found', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const session = await book(world, expert, hourIn(7))
    await work(world)
    const [entry] = entriesOf(world, expert)
    const { id } = await connectionOf(expert)
    await expert.api.post(`/calendar/connections/${String(id)}/disconnect`)
    await work(world)
    await session.move(hourIn(7, 12))
    await work(world)
    expect(entriesOf(world, expert)).toEqual([entry])
    await connect(world, expert)
    expect(entriesOf(world, expert)).toEqual([{ ...entry, start: hourIn(7, 12) }])
    expect(world.google.control.channels(expert.email)).toHaveLength(1)
  })

  it('asks no more when access was withdrawn, tells its owner once, and carries on once it is connected again', async () => {
    const expert = await createExpert(world)
    await connect(world, expert)
    const at = hourIn(6)
    world.google.control.addEvent(expert.email, { start: iso(at), end: iso(at + 3_600_000), summary: 'Later' })
    world.google.control.withdrawAccess(expert.email)
    const { poll } = await import('../../support/calendar-world')
    await poll(world)
    await poll(world)
    expect((await connectionOf(expert)).status).toBe('needs_reauth')
    const told = await world.payload.find({
      collection: 'notifications',
      where: { kind: { equals: 'calendar_needs_reauth' }, recipient: { equals: expert.user.id } },
    })
    expect(told.totalDocs).toBe(1)
    await connect(world, expert)
    expect((await connectionOf(expert)).status).toBe('connected')
    expect(await busyOf(world, expert)).toEqual([[at, at + 3_600_000]])
  })

  it('is nobody else’s business', async () => {
    const [expert, other] = [await createExpert(world), await createExpert(world)]
    await connect(world, expert)
    const { id } = await connectionOf(expert)
    const refused = await other.api.post(`/calendar/connections/${String(id)}/disconnect`)
    expect(refused.json.code).toBe('not_found')
    expect((await world.api.get('/calendar/connections')).json.code).toBe('unauthenticated')
  })
})
