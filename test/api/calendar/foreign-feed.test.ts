import { sql } from '@payloadcms/db-postgres'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import path from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AddressGuard } from '#calendar/calendar-provider'
import {
  busyOf,
  type CalendarWorld,
  connectionOf,
  createExpert,
  execute,
  type Expert,
  openCalendarWorld,
  slotsOn,
  work,
} from '../../support/calendar-world'
import { cleanUpLater } from '../../support/clean-up'
import { hourIn, iso } from '../../support/fixtures'

let world: CalendarWorld
let guard: AddressGuard
/** What the server of the file answers with. */
let answer: { status: number; text: string; etag: string }
let asked: (string | undefined)[] = []

const pem = (name: string) => readFileSync(path.join(import.meta.dirname, '../../support/tls', name), 'utf8')

beforeAll(async () => {
  world = await openCalendarWorld()
  const server = createServer(
    { key: pem('localhost.key.pem'), cert: pem('localhost.cert.pem') },
    (request, response) => {
      asked.push(request.headers['if-none-match'])
      const isKnown = answer.status === 200 && request.headers['if-none-match'] === answer.etag
      response.writeHead(isKnown ? 304 : answer.status, { ETag: answer.etag }).end(isKnown ? undefined : answer.text)
    },
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUpLater(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  const address = server.address()
  const url = `https://localhost:${typeof address === 'object' && address ? address.port : 0}/me.ics`
  // This machine, as if it were the server that the address names.
  guard = { isAllowed: () => true, toUrl: () => new URL(url), ca: pem('localhost.cert.pem') }
})

beforeEach(() => {
  asked = []
})

const hour = 3_600_000
const stamp = (at: number) => iso(at).replace(/[-:]|\.\d+/g, '')
const file = (...starts: number[]) =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN'],
    ...starts.flatMap((start, n) => [
      ...['BEGIN:VEVENT', `UID:${n}`, `DTSTAMP:${stamp(start)}`],
      ...[`DTSTART:${stamp(start)}`, `DTEND:${stamp(start + hour)}`, 'SUMMARY:Secret', 'END:VEVENT'],
    ]),
    ...['END:VCALENDAR', ''],
  ].join('\r\n')

const connectFeed = (expert: Expert, feedUrl = `https://calendar.example/${expert.email}.ics`) =>
  expert.api.post('/calendar/connections', { feedUrl, name: 'Outlook' })

const read = async (expert: Expert) => {
  const { syncCalendar } = await import('#calendar/busy/sync-calendar')
  const { calendars } = await connectionOf(expert)
  await syncCalendar(world.payload, { calendarId: calendars[0].id }, { guard })
}

describe('a calendar file of somebody else’s', () => {
  it('closes the expert until it is read, then blocks time, and is asked for only when it changed', async () => {
    const expert = await createExpert(world)
    const at = hourIn(5)
    expect((await connectFeed(expert)).status).toBe(201)
    expect(await slotsOn(world, expert, at)).toEqual([])
    answer = { status: 200, text: file(at, at + 3 * hour), etag: '"1"' }
    await read(expert)
    const busy = [at, at + 3 * hour].map((start) => [start, start + hour])
    expect(await busyOf(world, expert)).toEqual(busy)
    expect(await slotsOn(world, expert, at)).not.toContain(at)
    expect(await slotsOn(world, expert, at)).toContain(at + hour)
    await read(expert)
    expect(asked).toEqual([undefined, '"1"'])
    expect(await busyOf(world, expert)).toEqual(busy)
    answer = { status: 200, text: file(at + 5 * hour), etag: '"2"' }
    await read(expert)
    expect(await busyOf(world, expert)).toEqual([[at + 5 * hour, at + 6 * hour]])
    const [row] = await execute(
      world,
      sql`SELECT next_sync_at > now() + interval '14 minutes' AS waits FROM connected_calendars WHERE consultant_id = ${expert.profile.id}`,
    )
    expect(row).toEqual({ waits: true })
  })

  it.each([
    ['an error', 500, 'Down', 'could not be reached'],
    ['a page to log in', 200, '<html>Log in</html>', 'no calendar'],
    ['nothing there', 404, '', 'no calendar at that address any more'],
    ['a file that is cut off', 200, 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n', ''],
  ])('goes on blocking what was known when the answer is %s', async (_, status, text, told) => {
    const expert = await createExpert(world)
    const at = hourIn(5)
    await connectFeed(expert)
    answer = { status: 200, text: file(at), etag: '"1"' }
    await read(expert)
    answer = { status, text, etag: '"2"' }
    await read(expert)
    expect(await busyOf(world, expert)).toEqual([[at, at + hour]])
    expect(await connectionOf(expert)).toMatchObject({ status: 'connected', staleSince: expect.any(String) })
    expect((await connectionOf(expert)).lastError).toContain(told)
  })

  it('is kept encrypted, shown to nobody, and one connection however often it is added', async () => {
    const expert = await createExpert(world)
    const secret = 'https://calendar.example/private-abc123/me.ics'
    const [first, second] = [
      await connectFeed(expert, secret),
      await connectFeed(expert, secret.replace('https', 'webcal')),
    ]
    expect(second.json.id).toBe(first.json.id)
    const listed = await expert.api.get('/calendar/connections')
    expect(listed.json.connections).toHaveLength(1)
    const [row] = await execute(
      world,
      sql`SELECT to_jsonb(c)::text AS row FROM calendar_connections c WHERE id = ${first.json.id}`,
    )
    for (const text of [
      first.text,
      listed.text,
      String(row?.row),
      (await expert.api.get('/calendar-connections')).text,
    ]) {
      expect(text).not.toContain('abc123')
    }
  })

  it.each([
    'http://calendar.example/me.ics',
    'https://127.0.0.1/me.ics',
    'https://[::ffff:10.0.0.1]/me.ics',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/me.ics',
    'https://calendar.example:8443/me.ics',
    'https://user:pass@calendar.example/me.ics',
    'file:///etc/passwd',
  ])('is not read from %s', async (address) => {
    const expert = await createExpert(world)
    const refused = await connectFeed(expert, address)
    expect(refused.json).toMatchObject({ code: 'invalid_request' })
    expect((await expert.api.get('/calendar/connections')).json.connections).toEqual([])
  })

  it('blocks nothing any more once it is disconnected', async () => {
    const expert = await createExpert(world)
    const at = hourIn(5)
    const { json } = await connectFeed(expert)
    answer = { status: 200, text: file(at), etag: '"1"' }
    await read(expert)
    expect((await expert.api.post(`/calendar/connections/${String(json.id)}/disconnect`)).status).toBe(200)
    await work(world)
    expect(await busyOf(world, expert)).toEqual([])
    expect(await slotsOn(world, expert, at)).toContain(at)
    const [row] = await execute(
      world,
      sql`SELECT feed_url AS url, status FROM calendar_connections WHERE id = ${json.id}`,
    )
    expect(row).toEqual({ url: null, status: 'disconnected' })
  })
})
