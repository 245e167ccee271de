import { sql } from '@payloadcms/db-postgres'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ResendSandbox } from '#sandbox/resend/start-resend-sandbox'
import type { StripeSandbox } from '#sandbox/stripe/start-stripe-sandbox'
import {
  asStaff,
  book,
  type CalendarWorld,
  connect,
  createExpert,
  entriesOf,
  execute,
  type Expert,
  openCalendarWorld,
  poll,
  work,
} from '../../support/calendar-world'
import { connectTo } from '../../support/database'
import { guest, hourIn, iso } from '../../support/fixtures'
import { linkIn, openResendSandbox } from '../../support/resend-sandbox'
import { openStripeSandbox } from '../../support/stripe-sandbox'
import { untilSomebodyWaits } from '../../support/until-somebody-waits'

let world: CalendarWorld
let resend: ResendSandbox
let stripe: StripeSandbox

beforeAll(async () => {
  const [mail, money] = await Promise.all([openResendSandbox(), openStripeSandbox()])
  resend = mail.resend
  stripe = money.stripe
  world = await openCalendarWorld({ ...mail.env, ...money.env })
})

const hour = 3_600_000
const start = hourIn(7, 10)

type Difference = { id: string; kind: string; status: string; externalStart: string | null; decisions: string[] }

const differencesOf = async (expert: Expert): Promise<Difference[]> =>
  (await expert.api.get('/calendar/connections')).json.differences

/** An expert with one session that stands in their calendar. */
const begin = async (more: Parameters<typeof createExpert>[1] = {}) => {
  const expert = await createExpert(world, more)
  await connect(world, expert)
  const session = await book(world, expert, start)
  await work(world)
  const [entry] = entriesOf(world, expert)
  return { expert, session, entryId: entry?.id ?? '' }
}

const move = ({ email }: Expert, entryId: string, to: number) =>
  world.google.control.moveEvent(email, entryId, { start: iso(to), end: iso(to + hour / 2) })

const find = async (reference: string) => {
  const where = { reference: { equals: reference } }
  const { docs } = await world.payload.find({ collection: 'scheduled-sessions', where, depth: 0 })
  return { status: docs[0]?.status, start: Date.parse(docs[0]?.startsAt ?? '') }
}

const statusesOf = async (reference: string) => {
  const where = { 'scheduledSession.reference': { equals: reference } }
  const { docs } = await world.payload.find({ collection: 'calendar-differences', where })
  return docs.map(({ status }) => status)
}

const decide = (expert: Pick<Expert, 'api'>, id: string, decision: string) =>
  expert.api.post(`/calendar/differences/${id}/decide`, { decision })

const deliverMails = () => work(world, 'deliver-notification', 'follow-session')
const mailTo = (address: string, kind: string) =>
  resend.control.emails(address).filter(({ tags }) => tags.some(({ name, value }) => name === 'kind' && value === kind))

/** A path of the API with its query, from a link of a mail. */
const pathOf = ({ pathname, search }: URL) => `${pathname.replace(/^\/api/, '')}${search}`

describe('a session that a person moved in their calendar', () => {
  it('is looked at when nobody is changing it: whoever does gets its entry first', async () => {
    const { expert, session, entryId } = await begin()
    move(expert, entryId, start + 3 * hour)
    const client = await connectTo(world.database)
    await client.query('BEGIN')
    await client.query('SELECT FROM scheduled_sessions WHERE reference = $1 FOR UPDATE', [session.reference])
    const looked = poll(world, expert)
    await untilSomebodyWaits(client)
    await client.query(
      `SELECT FROM calendar_events e JOIN scheduled_sessions s ON s.id = e.scheduled_session_id
       WHERE s.reference = $1 FOR UPDATE OF e NOWAIT`,
      [session.reference],
    )
    await client.query('COMMIT')
    await looked
    expect(await statusesOf(session.reference)).toEqual(['open'])
  })

  it('stays where it was until the expert decides; they are asked once', async () => {
    const { expert, session, entryId } = await begin()
    move(expert, entryId, start + 3 * hour)
    await poll(world, expert)
    const [asked] = await differencesOf(expert)
    // Google tells of the entry again, for its new title; that is no other question.
    world.google.control.retitleEvent(expert.email, entryId, 'Mine')
    await poll(world, expert)
    expect(await find(session.reference)).toEqual({ status: 'scheduled', start })
    expect(await differencesOf(expert)).toMatchObject([
      { kind: 'moved', status: 'open', externalStart: iso(start + 3 * hour), decisions: ['propose', 'put_back'] },
    ])
    expect((await differencesOf(expert))[0]?.id).toBe(asked?.id)
    await deliverMails()
    expect(mailTo(expert.user.email, 'calendar_moved')).toHaveLength(1)
    // Moved on: that is another question, and the one before is of no use any more.
    move(expert, entryId, start + 4 * hour)
    await poll(world, expert)
    expect(await differencesOf(expert)).toMatchObject([{ externalStart: iso(start + 4 * hour) }])
  })

  it('goes back by one click in the mail; looking at it changes nothing', async () => {
    const { expert, session, entryId } = await begin()
    move(expert, entryId, start + 3 * hour)
    await poll(world, expert)
    await deliverMails()
    const link = linkIn(mailTo(expert.user.email, 'calendar_moved')[0], /calendar\/differences\//)
    const page = await world.api.get(pathOf(link))
    expect(page.text).toContain('What should happen to this session?')
    expect(page.text.match(/<button>/g)).toHaveLength(2)
    expect(await differencesOf(expert)).toMatchObject([{ status: 'open' }])
    const guessed = await world.api.post(`${pathOf(link).replace(/key=[^&]*/, 'key=guessed')}&decision=put_back`)
    expect(guessed.status).toBe(404)
    const done = await world.api.post(`${pathOf(link)}&decision=put_back`)
    expect(done.text).toContain('Done')
    await work(world)
    expect(entriesOf(world, expert)).toEqual([{ id: entryId, start, reference: session.reference }])
    expect(await differencesOf(expert)).toEqual([])
    // Pressed again, it is so already; another answer comes too late.
    const again = await world.api.post(`${pathOf(link)}&decision=put_back`)
    expect(again.status).toBe(200)
    expect(again.text).toContain('Done')
    const late = await world.api.post(`${pathOf(link)}&decision=propose`)
    expect(late.status).toBe(409)
    expect(late.text).toContain('That is not possible')
    expect((await world.api.get(pathOf(link))).text).toContain('There is nothing to decide any more')
    expect((await world.api.get(pathOf(link))).text).toContain('It was decided to put the session back')
  })

  it('moves when the expert proposes it and the customer says yes', async () => {
    const { expert, session, entryId } = await begin()
    move(expert, entryId, start + 3 * hour)
    await poll(world, expert)
    const [difference] = await differencesOf(expert)
    expect((await decide(expert, difference?.id ?? '', 'propose')).status).toBe(200)
    expect(await find(session.reference)).toEqual({ status: 'scheduled', start })
    await deliverMails()
    const link = linkIn(mailTo(session.customer.email, 'time_proposed')[0], /booking\/proposals\//)
    expect((await world.api.get(pathOf(link))).text).toContain('Would another time suit you?')
    expect(await find(session.reference)).toEqual({ status: 'scheduled', start })
    for (const time of ['first', 'second']) {
      expect((await world.api.post(`${pathOf(link)}&answer=accept`)).text, time).toContain('Thank you')
    }
    expect(await find(session.reference)).toEqual({ status: 'scheduled', start: start + 3 * hour })
    await poll(world, expert)
    expect(entriesOf(world, expert)).toMatchObject([{ id: entryId, start: start + 3 * hour }])
    expect(await differencesOf(expert)).toEqual([])
    expect((await world.api.post(`${pathOf(link)}&answer=decline`)).status).toBe(409)
  })

  it('goes back when the customer says no; the expert is told', async () => {
    const { expert, session, entryId } = await begin()
    move(expert, entryId, start + 3 * hour)
    await poll(world, expert)
    const [difference] = await differencesOf(expert)
    await decide(expert, difference?.id ?? '', 'propose')
    await deliverMails()
    const link = linkIn(mailTo(session.customer.email, 'time_proposed')[0], /booking\/proposals\//)
    await world.api.post(`${pathOf(link)}&answer=decline`)
    await deliverMails()
    expect(entriesOf(world, expert)).toMatchObject([{ id: entryId, start }])
    expect(mailTo(expert.user.email, 'proposal_declined')).toHaveLength(1)
  })

  it('is asked about in the language of whoever looks at the page', async () => {
    const { expert, session, entryId } = await begin()
    move(expert, entryId, start + 3 * hour)
    await poll(world, expert)
    await deliverMails()
    const german = { 'Accept-Language': 'de-AT,de;q=0.9' }
    const asked = pathOf(linkIn(mailTo(expert.user.email, 'calendar_moved')[0], /calendar\/differences\//))
    const page = await world.api.get(asked, german)
    expect(page.text).toContain('<html lang="de">')
    expect(page.text).toContain('Was soll mit diesem Termin geschehen?')
    expect(page.text).toContain('In Ihrem Kalender steht er jetzt am')
    const lost = await world.api.get(asked.replace(/key=[^&]*/, 'key=guessed'), german)
    expect(lost.status).toBe(404)
    expect(lost.text).toContain('Das haben wir nicht gefunden.')
    expect((await world.api.post(`${asked}&decision=propose`, {}, german)).text).toContain('Erledigt')
    await deliverMails()
    const proposal = pathOf(linkIn(mailTo(session.customer.email, 'time_proposed')[0], /booking\/proposals\//))
    expect((await world.api.get(proposal, german)).text).toContain('Würde Ihnen eine andere Zeit passen?')
    // What somebody has chosen on the site counts more than their browser.
    const chosen = { ...german, Cookie: 'parley-language=en' }
    expect((await world.api.get(proposal, chosen)).text).toContain('Would another time suit you?')
    expect((await world.api.post(`${proposal}&answer=decline`, {}, german)).text).toContain('Vielen Dank')
  })

  it('stays where it is when the time to answer is over; the links say so', async () => {
    const { expert, session, entryId } = await begin()
    move(expert, entryId, start + 3 * hour)
    await poll(world, expert)
    await deliverMails()
    const asked = linkIn(mailTo(expert.user.email, 'calendar_moved')[0], /calendar\/differences\//)
    expect((await world.api.get(pathOf(asked))).text).toContain('You can answer until')
    await world.api.post(`${pathOf(asked)}&decision=propose`)
    await deliverMails()
    const link = linkIn(mailTo(session.customer.email, 'time_proposed')[0], /booking\/proposals\//)
    expect((await world.api.get(pathOf(link))).text).toContain('You can answer until')
    const client = await connectTo(world.database)
    // It has begun, and its proposed time is still to come.
    await client.query(
      `UPDATE scheduled_sessions SET starts_at = now() - interval '1 minute', ends_at = now() + interval '29 minutes' WHERE reference = $1`,
      [session.reference],
    )
    const over = 'The time to answer this proposal is over'
    const page = await world.api.get(pathOf(link))
    expect(page.text).toContain(over)
    expect(page.text).not.toContain('<button>')
    for (const answer of ['accept', 'decline']) {
      const refused = await world.api.post(`${pathOf(link)}&answer=${answer}`)
      expect(refused.status).toBe(409)
      expect(refused.text).toContain(over)
    }
    expect(await statusesOf(session.reference)).toEqual(['proposed'])
  })

  it('does not move to a time that somebody else has taken meanwhile', async () => {
    const { expert, session, entryId } = await begin()
    move(expert, entryId, start + 3 * hour)
    await poll(world, expert)
    const [difference] = await differencesOf(expert)
    await decide(expert, difference?.id ?? '', 'propose')
    await book(world, expert, start + 3 * hour)
    await deliverMails()
    const link = linkIn(mailTo(session.customer.email, 'time_proposed')[0], /booking\/proposals\//)
    const refused = await world.api.post(`${pathOf(link)}&answer=accept`)
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('just taken')
    expect(await find(session.reference)).toEqual({ status: 'scheduled', start })
    expect((await world.api.post(`${pathOf(link)}&answer=decline`)).status).toBe(200)
  })

  it('can be put back alone when it became one of whole days', async () => {
    const { expert, entryId } = await begin()
    world.google.control.moveEvent(expert.email, entryId, { start: '2027-01-10', end: '2027-01-11' })
    await poll(world, expert)
    const [difference] = await differencesOf(expert)
    expect(difference).toMatchObject({ externalStart: null, decisions: ['put_back'] })
    expect((await decide(expert, difference?.id ?? '', 'propose')).json.code).toBe('illegal_transition')
    await decide(expert, difference?.id ?? '', 'put_back')
    await work(world)
    expect(entriesOf(world, expert)).toMatchObject([{ id: entryId, start }])
  })

  it('is nothing to decide any more when the person moves it back, or the customer moves the session', async () => {
    const { expert, session, entryId } = await begin()
    move(expert, entryId, start + 3 * hour)
    await poll(world, expert)
    move(expert, entryId, start)
    await poll(world, expert)
    expect(await differencesOf(expert)).toEqual([])
    move(expert, entryId, start + 3 * hour)
    await poll(world, expert)
    expect(await differencesOf(expert)).toHaveLength(1)
    await session.move(start + 5 * hour)
    await work(world)
    expect(await differencesOf(expert)).toEqual([])
    expect(entriesOf(world, expert)).toMatchObject([{ id: entryId, start: start + 5 * hour }])
  })

  it('is no difference when we moved it ourselves, or when only its words changed', async () => {
    const { expert, session, entryId } = await begin()
    await session.move(start + hour)
    await work(world)
    world.google.control.retitleEvent(expert.email, entryId, 'Mine')
    await poll(world, expert)
    expect(await differencesOf(expert)).toEqual([])
    const rows = await execute(world, sql`SELECT FROM calendar_differences WHERE consultant_id = ${expert.profile.id}`)
    expect(rows).toEqual([])
  })
})

describe('a session that a person deleted from their calendar', () => {
  it('is still booked, and back in the calendar when the expert says so: once', async () => {
    const { expert, session, entryId } = await begin()
    world.google.control.deleteEvent(expert.email, entryId)
    await poll(world, expert)
    await poll(world, expert)
    expect(await find(session.reference)).toEqual({ status: 'scheduled', start })
    expect(entriesOf(world, expert)).toEqual([])
    const [difference, ...more] = await differencesOf(expert)
    expect(more).toEqual([])
    expect(difference).toMatchObject({ kind: 'deleted', decisions: ['put_back', 'cancel'] })
    await decide(expert, difference?.id ?? '', 'put_back')
    await poll(world, expert)
    expect(entriesOf(world, expert)).toMatchObject([{ start, reference: session.reference }])
    expect(await differencesOf(expert)).toEqual([])
  })

  it('is cancelled and paid back only by the expert’s word', async () => {
    const prices = [{ durationMinutes: 30, amount: 5_000, currency: 'GBP' as const }]
    const expert = await createExpert(world, { serviceType: { isFree: false, prices } })
    await connect(world, expert)
    const booked = await world.api.post('/booking/sessions', {
      consultant: expert.profile.slug,
      serviceType: expert.serviceType.slug,
      start: iso(start),
      customer: guest(),
    })
    const { session, manageToken, payment } = booked.json
    stripe.control.payCheckout(new URL(payment.checkoutUrl).pathname.split('/').pop() ?? '')
    await world.api.post(
      `/booking/sessions/${String(session.reference)}/payment/refresh`,
      {},
      { Authorization: `Bearer ${String(manageToken)}` },
    )
    const money = ['process-stripe-event', 'settle-payment', 'run-refund']
    await work(world, ...money)
    const [entry] = entriesOf(world, expert)
    expect(entry).toMatchObject({ start })
    world.google.control.deleteEvent(expert.email, entry?.id ?? '')
    await poll(world, expert)
    await work(world, ...money)
    expect(await find(session.reference)).toMatchObject({ status: 'scheduled' })
    const refunds = async () => {
      const where = { 'scheduledSession.reference': { equals: session.reference } }
      return (await world.payload.find({ collection: 'refunds', where })).docs.map(({ amount }) => amount)
    }
    expect(await refunds()).toEqual([])
    const [difference] = await differencesOf(expert)
    expect((await decide(expert, difference?.id ?? '', 'cancel')).status).toBe(200)
    await work(world, ...money)
    expect(await find(session.reference)).toMatchObject({ status: 'cancelled_by_consultant' })
    expect(await refunds()).toEqual([5_000])
    expect(entriesOf(world, expert)).toEqual([])
    expect(await differencesOf(expert)).toEqual([])
  })

  it('is nothing to decide any more when the person takes it out of the bin', async () => {
    const { expert, entryId } = await begin()
    world.google.control.deleteEvent(expert.email, entryId)
    await poll(world, expert)
    world.google.control.restoreEvent(expert.email, entryId)
    await poll(world, expert)
    expect(await differencesOf(expert)).toEqual([])
    expect(entriesOf(world, expert)).toMatchObject([{ id: entryId }])
  })

  it('is found by the nightly reading when no news of it came', async () => {
    const { expert, entryId } = await begin()
    world.google.control.expireSyncTokens(expert.email)
    world.google.control.deleteEvent(expert.email, entryId)
    await poll(world, expert)
    expect(await differencesOf(expert)).toMatchObject([{ kind: 'deleted' }])
  })
})

describe('another appointment at the time of a session', () => {
  it('is shown, and breaks nothing; it is over when it goes away', async () => {
    const { expert, session } = await begin()
    const { id } = world.google.control.addEvent(expert.email, {
      start: iso(start),
      end: iso(start + hour),
      summary: 'Dentist',
    })
    await poll(world, expert)
    await poll(world, expert)
    const [difference, ...more] = await differencesOf(expert)
    expect(more).toEqual([])
    expect(difference).toMatchObject({ kind: 'conflict', decisions: ['keep', 'cancel'] })
    await deliverMails()
    expect(mailTo(expert.user.email, 'calendar_conflict')).toHaveLength(1)
    expect(await find(session.reference)).toEqual({ status: 'scheduled', start })
    world.google.control.deleteEvent(expert.email, id ?? '')
    await poll(world, expert)
    expect(await differencesOf(expert)).toEqual([])
  })

  it('is over when the session moves away from it, and asked about anew where another one is in its way', async () => {
    const { expert, session } = await begin()
    const busyAt = (at: number) =>
      world.google.control.addEvent(expert.email, { start: iso(at), end: iso(at + hour), summary: 'Dentist' })
    busyAt(start)
    await poll(world, expert)
    const [difference] = await differencesOf(expert)
    expect((await decide(expert, difference?.id ?? '', 'keep')).status).toBe(200)
    await session.move(start + 5 * hour)
    await work(world)
    expect(await statusesOf(session.reference)).toEqual(['settled'])
    busyAt(start + 5 * hour)
    await poll(world, expert)
    expect(await differencesOf(expert)).toMatchObject([{ kind: 'conflict', externalStart: iso(start + 5 * hour) }])
  })

  it('is asked about once: what the expert keeps stays kept', async () => {
    const { expert, session } = await begin()
    world.google.control.addEvent(expert.email, { start: iso(start), end: iso(start + hour) })
    await poll(world, expert)
    const [difference] = await differencesOf(expert)
    expect((await decide(expert, difference?.id ?? '', 'keep')).status).toBe(200)
    world.google.control.addEvent(expert.email, { start: iso(start + 8 * hour), end: iso(start + 9 * hour) })
    await poll(world, expert)
    expect(await differencesOf(expert)).toEqual([])
    expect(await find(session.reference)).toEqual({ status: 'scheduled', start })
  })
})

describe('who decides', () => {
  it('is the expert themselves and operations, nobody else', async () => {
    const { expert, entryId } = await begin()
    const other = await createExpert(world)
    move(expert, entryId, start + 3 * hour)
    await poll(world, expert)
    const [difference] = await differencesOf(expert)
    const id = difference?.id ?? ''
    expect((await decide(other, id, 'put_back')).json.code).toBe('not_found')
    expect((await decide(world, id, 'put_back')).json.code).toBe('unauthenticated')
    expect((await decide(expert, id, 'keep')).json.code).toBe('illegal_transition')
    expect((await decide({ api: await asStaff(world) }, id, 'put_back')).status).toBe(200)
    expect((await decide(expert, id, 'put_back')).json.code).toBe('illegal_transition')
  })
})
