import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type pg from 'pg'
import type { ConsultantProfile, ServiceType, User } from '#payload-types'
import { connectTo } from '../../support/database'
import { alwaysOpen, createConsultant, createServiceType, createUser, guest, iso } from '../../support/fixtures'
import { runDueJobs } from '../../support/jobs'
import { confirmAddress, type MessageWorld, nextStart, openMessageWorld, work } from '../../support/message-world'
import { kindOf, linkIn } from '../../support/resend-sandbox'

let world: MessageWorld
let client: pg.Client
let consultant: { profile: ConsultantProfile; user: User }
const services: Partial<Record<'nobody' | 'unknown' | 'everybody' | 'withYes' | 'paid', ServiceType>> = {}

beforeAll(async () => {
  world = await openMessageWorld()
  client = await connectTo(world.database)
  const { payload } = world
  consultant = await createConsultant(payload, { availability: alwaysOpen })
  const make = (data: Partial<ServiceType>) => createServiceType(payload, [consultant.profile], data)
  services.nobody = await make({})
  services.unknown = await make({ confirmsEmail: 'unknown' })
  services.everybody = await make({ confirmsEmail: 'everybody' })
  services.withYes = await make({ confirmsEmail: 'everybody', requiresConfirmation: true })
  services.paid = await make({ confirmsEmail: 'everybody', isFree: false })
}, 300_000)

beforeEach(() => world.resend.control.clear())

const book = async (service: keyof typeof services, customer = guest()) => {
  const start = nextStart()
  const answer = await world.api.post('/booking/sessions', {
    consultant: consultant.profile.slug,
    serviceType: services[service]?.slug,
    start: iso(start),
    customer,
  })
  expect(answer.status, answer.text).toBe(201)
  const { session, manageToken } = answer.json
  const reference: string = session.reference
  const auth = { Authorization: `Bearer ${String(manageToken)}` }
  const url = `/booking/sessions/${reference}`
  return {
    session,
    reference,
    customer,
    start,
    auth,
    url,
    read: async () => (await world.api.get(url, auth)).json,
    /** What the button behind the mailed link sends. */
    press: async () => {
      const [mail] = world.resend.control
        .emails(customer.email)
        .filter((one) => kindOf(one).startsWith('booking_to_confirm'))
      const proof = new URLSearchParams(linkIn(mail, /\/booking\//).hash.slice(1)).get('mail')
      return world.api.post(`${url}/confirm-email`, { mail: proof })
    },
    late: async () => {
      await client.query(
        `UPDATE scheduled_sessions SET email_confirm_by = now() - interval '2 minutes' WHERE reference = $1`,
        [reference],
      )
    },
    claim: async () => {
      const { rows } = await client.query<{ status: string; claimedBy: string | null; claimedInbox: string | null }>(
        `SELECT a.status, a.claimed_by AS "claimedBy", a.claimed_inbox AS "claimedInbox" FROM availability_slots a
         JOIN scheduled_sessions s ON s.slot_id = a.id WHERE s.reference = $1`,
        [reference],
      )
      return rows[0]
    },
  }
}

const kindsTo = (email: string) => world.resend.control.emails(email).map(kindOf)

/** Everything by which the consultant could have heard of a session. */
const heardBy = async (reference: string) => {
  const asConsultant = await world.api.as(consultant.user)
  const listed = await asConsultant.get(`/scheduled-sessions?where[reference][equals]=${reference}`)
  const { rows } = await client.query<{ n: number }>(
    `SELECT (SELECT count(*)::int FROM calendar_events e JOIN scheduled_sessions s ON s.id = e.scheduled_session_id
      WHERE s.reference = $1 AND e.desired_version > 0) AS n`,
    [reference],
  )
  const { rows: notes } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM notifications n JOIN scheduled_sessions s ON s.id = n.scheduled_session_id
     WHERE s.reference = $1 AND n.recipient_id = $2`,
    [reference, consultant.user.id],
  )
  return {
    list: listed.json.totalDocs,
    read: (await asConsultant.get(`/booking/sessions/${reference}`)).status,
    calendar: rows[0]?.n,
    messages: notes[0]?.n,
  }
}
const nothing = { list: 0, read: 404, calendar: 0, messages: 0 }

describe('a free booking that waits for the mailed link', () => {
  it('waits where its service type says so, and nowhere else', async () => {
    expect(services.nobody?.confirmsEmail).toBe('nobody')
    const known = guest()
    await book('nobody', known)
    await confirmAddress(world, known.email)
    const states = {
      nobody: (await book('nobody')).session,
      'unknown, of somebody unknown': (await book('unknown')).session,
      'unknown, of somebody known': (await book('unknown', known)).session,
      'everybody, of somebody known': (await book('everybody', known)).session,
      'for money': (await book('paid')).session,
    }
    expect(Object.fromEntries(Object.entries(states).map(([name, { status }]) => [name, status]))).toEqual({
      nobody: 'scheduled',
      'unknown, of somebody unknown': 'pending_confirmation',
      'unknown, of somebody known': 'scheduled',
      'everybody, of somebody known': 'pending_confirmation',
      'for money': 'pending_payment',
    })
    const waiting = states['unknown, of somebody unknown']
    expect(waiting).toMatchObject({ actions: ['cancel', 'confirm_email'], meeting: null })
    const minutes = (Date.parse(waiting.emailConfirmBy) - Date.now()) / 60_000
    const { emailConfirmMinutes = null } = await world.payload.findGlobal({ slug: 'booking-settings' })
    expect(minutes).toBeGreaterThan(Number(emailConfirmMinutes) - 2)
    expect(minutes).toBeLessThanOrEqual(Number(emailConfirmMinutes))
    expect(states.nobody.emailConfirmBy).toBeNull()
    const staff = await world.api.as(await createUser(world.payload, ['operations']))
    const byStaff = await staff.post('/booking/sessions', {
      consultant: consultant.profile.slug,
      serviceType: services.everybody?.slug,
      start: iso(nextStart()),
      customer: guest(),
    })
    expect(byStaff.json.session.status).toBe('scheduled')
  })

  it('is agreed by the button, of which both then hear, and not by pressing it again', async () => {
    const booked = await book('everybody')
    await work(world)
    expect(kindsTo(booked.customer.email)).toEqual(['booking_to_confirm/customer'])
    expect(await heardBy(booked.reference)).toEqual(nothing)
    expect(await booked.claim()).toMatchObject({ status: 'held', claimedBy: expect.stringMatching(/^n/) })

    const pressed = await booked.press()
    expect(pressed.status, pressed.text).toBe(200)
    expect(pressed.json.session).toMatchObject({ status: 'scheduled', emailConfirmBy: null })
    // It is the customer's own now, and still counts as one of theirs.
    expect(await booked.claim()).toMatchObject({ status: 'booked', claimedBy: expect.stringMatching(/^c/) })
    const { rows } = await client.query('SELECT email_verified AS is FROM customers WHERE email = $1', [
      booked.customer.email,
    ])
    expect(rows).toEqual([{ is: true }])
    await work(world)
    expect(kindsTo(booked.customer.email)).toContain('booking_confirmation/customer')
    expect(await heardBy(booked.reference)).toMatchObject({ list: 1, read: 200, messages: expect.any(Number) })

    const mails = kindsTo(booked.customer.email).length
    expect(await booked.press()).toMatchObject({ status: 409, json: { code: 'illegal_transition' } })
    expect((await booked.read()).session.status).toBe('scheduled')
    await work(world)
    expect(kindsTo(booked.customer.email)).toHaveLength(mails)
  })

  it('is not agreed by looking at the link, by its manage token, by a wrong proof or by the consultant', async () => {
    const booked = await book('everybody')
    await work(world)
    const [mail] = world.resend.control.emails(booked.customer.email)
    const proof = new URLSearchParams(linkIn(mail, /\/booking\//).hash.slice(1)).get('mail')
    // A program that runs the page's scripts shows that the mail has arrived, and presses no button.
    const arrived = await world.api.post('/booking/addresses/confirm', { reference: booked.reference, mail: proof })
    expect(arrived.status).toBe(204)
    const wrong = await world.api.post(`${booked.url}/confirm-email`, { mail: 'wrong' }, booked.auth)
    expect(wrong).toMatchObject({ status: 404, json: { code: 'not_found' } })
    const asConsultant = await world.api.as(consultant.user)
    expect((await asConsultant.post(`${booked.url}/confirm`, {})).status).toBe(404)
    const { rows } = await client.query<{ id: string }>('SELECT id FROM scheduled_sessions WHERE reference = $1', [
      booked.reference,
    ])
    const patched = await asConsultant.patch(`/scheduled-sessions/${String(rows[0]?.id)}`, { status: 'scheduled' })
    expect(patched.status).toBeGreaterThanOrEqual(403)
    const moved = await world.api.post(`${booked.url}/reschedule`, { start: iso(nextStart()) }, booked.auth)
    expect(moved).toMatchObject({ status: 409, json: { code: 'illegal_transition' } })
    expect((await booked.read()).session.status).toBe('pending_confirmation')
  })

  it('asks the consultant for a yes after that, where one is needed', async () => {
    const booked = await book('withYes')
    await work(world)
    expect(await heardBy(booked.reference)).toEqual(nothing)
    const pressed = await booked.press()
    expect(pressed.json).toMatchObject({ session: { status: 'pending_confirmation', emailConfirmBy: null } })
    expect(pressed.json.actions).toEqual(['cancel'])
    await work(world)
    expect(kindsTo(booked.customer.email)).toContain('booking_awaiting_confirmation/customer')
    const asConsultant = await world.api.as(consultant.user)
    expect((await asConsultant.post(`${booked.url}/confirm`, {})).json.session.status).toBe('scheduled')
    expect(await booked.claim()).toMatchObject({ status: 'booked', claimedBy: null, claimedInbox: null })
  })

  it('ends when nobody opens it, by its job or by the sweep, and nobody hears of that', async () => {
    const booked = await book('everybody')
    await work(world)
    await booked.late()
    const { sweep } = await import('#worker/sweep')
    await sweep(world.payload)
    await runDueJobs(world.payload, world.database, { only: ['expire-unopened', 'follow-session'] })
    expect((await booked.read()).session).toMatchObject({ status: 'expired', actions: [] })
    expect(await booked.claim()).toMatchObject({ status: 'released', claimedBy: null })
    expect(kindsTo(booked.customer.email)).toEqual(['booking_to_confirm/customer'])
    expect(await heardBy(booked.reference)).toEqual(nothing)
    expect(await booked.press()).toMatchObject({ status: 409, json: { code: 'illegal_transition' } })
  })

  it('ends by the hand of its customer, and is not agreed after that', async () => {
    const booked = await book('everybody')
    await work(world)
    expect((await world.api.post(`${booked.url}/cancel`, {}, booked.auth)).json.session.status).toBe(
      'cancelled_by_user',
    )
    expect(await booked.press()).toMatchObject({ status: 409, json: { code: 'illegal_transition' } })
    await work(world)
    expect(kindsTo(booked.customer.email)).toEqual(['booking_to_confirm/customer'])
    expect(await heardBy(booked.reference)).toEqual(nothing)
  })

  it('is agreed once by many presses at once, and by none of them when its time is over at that moment', async () => {
    const { expireUnopenedSession } = await import('#checkout/expire-session')
    // One after the other first.
    const first = await book('everybody')
    await work(world)
    expect((await first.press()).status).toBe(200)
    await first.late()

    const many = await book('everybody')
    await work(world)
    const pressed = await Promise.all([many.press(), many.press(), many.press()])
    expect(pressed.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    const { rows: history } = await client.query(
      `SELECT h."to" FROM scheduled_sessions_status_history h JOIN scheduled_sessions s ON s.id = h._parent_id
       WHERE s.reference = $1 ORDER BY h._order`,
      [many.reference],
    )
    expect(history).toEqual([{ to: 'pending_confirmation' }, { to: 'scheduled' }])

    const last = await book('everybody')
    await work(world)
    await last.late()
    const { rows } = await client.query<{ id: string }>('SELECT id FROM scheduled_sessions WHERE reference = $1', [
      last.reference,
    ])
    const [answer] = await Promise.all([last.press(), expireUnopenedSession(world.payload, String(rows[0]?.id))])
    expect(answer).toMatchObject({ status: 409, json: { code: 'illegal_transition' } })
    expect((await last.read()).session.status).toBe('expired')
  })
})
